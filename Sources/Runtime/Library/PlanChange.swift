public import Core

/// A change to what the name of a saved plan stands for; its versions stay as they are.
public enum PlanChange: Sendable, Hashable {
    /// From now on this version runs, whatever is saved later.
    case publish(ContentHash)
    /// From now on this version runs, or without one the latest, if the other one (nil: none) still is the published one.
    case replacePublished(ContentHash?, with: ContentHash?)
    /// From now on the latest version runs.
    case unpublish
    /// Lists leave it out, and nobody runs it by its name.
    case archive
    case restore
}

/// Which version of a plan is meant.
public enum PlanVersionChoice: Sendable, Hashable {
    /// The one that was saved last.
    case latest
    case published
    /// The one that runs: the published one, else the latest.
    case current
    /// The one whose hash begins with these digits.
    case digits(String)

    /// The words that may stand for a hash.
    public static let words = ["latest", "published", "current"]
    /// With fewer digits of a hash it would hardly be sure which version is meant.
    private static let digitsMinimum = 4

    /// - Throws: `SignalboxError` with code `invalid_input`.
    public init(_ text: String) throws {
        switch text {
        case "latest": self = .latest
        case "published": self = .published
        case "current": self = .current
        default:
            let text = text.lowercased()
            let isHash = text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
            guard isHash, (Self.digitsMinimum...64).contains(text.utf8.count) else {
                throw SignalboxError(
                    .invalidInput, "\"\(text.prefix(80))\" names no version.",
                    hint:
                        "A version is latest, published, current, or the first digits of its hash, at least \(Self.digitsMinimum)."
                )
            }
            self = .digits(text)
        }
    }
}
