/// How much a model is to think before it answers; providers translate it into their own words or numbers.
public enum ThinkingLevel: String, Sendable, CaseIterable {
    case off, minimal, low, medium, high
}
