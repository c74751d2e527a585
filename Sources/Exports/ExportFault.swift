/// The first thing that is wrong with an export.
public struct ExportFault: Sendable, Hashable {
    public var problem: Problem
    /// Where it is wrong; nil for what stands outside of the records.
    public var record: ExportRecord?
    /// A sentence for people.
    public var sentence: String

    /// What can be wrong.
    public enum Problem: String, Sendable, CaseIterable {
        /// Its bytes are not those that were hashed.
        case changed
        /// It is not there.
        case missing
        /// It stands at another place.
        case outOfOrder = "out_of_order"
        /// It was not there when the export was written.
        case extra
        /// The file ends before the export does.
        case cutOff = "cut_off"
    }

    init(_ problem: Problem, _ record: ExportRecord? = nil, _ sentence: String) {
        self.problem = problem
        self.record = record
        self.sentence = sentence
    }
}
