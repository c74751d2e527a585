internal import Core

/// What a record is, as far as messages name it.
public struct ExportRecord: Sendable, Hashable {
    /// Counted from 0, the head; an event has the number that it has among the events of its task.
    public var sequence: Int
    /// The word in the record, known or not; empty when it cannot be read.
    public var kind: String
    /// Of an event what it tells, of a file its name.
    public var detail: String?

    /// What there is in an export.
    public enum Kind: String, Sendable, CaseIterable {
        /// The task, its plan, and who wrote the export when.
        case head
        /// An event of the journal with its payload whole.
        case event
        /// A file that was given to the task or that it kept.
        case file
        /// Of an HTML export: the hash of everything that is shown.
        case page
    }

    init(sequence: Int, kind: String = "", detail: String? = nil) {
        self.sequence = sequence
        self.kind = kind
        self.detail = detail
    }

    /// What the record says of itself; nil when it is none.
    init?(_ record: JSON) {
        guard let sequence = record["sequence"]?.intValue.flatMap(Int.init(exactly:)),
            let kind = record["kind"]?.stringValue
        else { return nil }
        self.init(
            sequence: sequence, kind: kind, detail: record["type"]?.stringValue ?? record["name"]?.stringValue)
        if kind == Kind.event.rawValue, let step = record["step"]?.stringValue {
            detail = "\(detail ?? "") of \(step)"
        }
        if kind == Kind.file.rawValue { detail = record["name"]?.stringValue }
    }
}

extension ExportRecord: CustomStringConvertible {
    /// `record 12 (event step_completed of write)`
    public var description: String {
        let words = [kind, detail ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
        return words.isEmpty ? "record \(sequence)" : "record \(sequence) (\(words))"
    }
}
