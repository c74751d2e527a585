public import Core

/// What was found in an export.
public struct ExportReport: Sendable {
    /// How it is kept.
    public var form: Form
    /// How many records are whole, from the first on.
    public var records = 0
    /// The hash of the last of them; of a whole export the final hash.
    public var hash = ExportFormat.noHash
    /// What the first record says; nil when not even that is whole.
    public var head: JSON?
    /// What is wrong first; nil when the export is whole.
    public var fault: ExportFault?

    /// How an export is kept.
    public enum Form: String, Sendable, CaseIterable {
        case json, html
    }

    /// Whether nothing was found to be wrong.
    public var isWhole: Bool { fault == nil }
}
