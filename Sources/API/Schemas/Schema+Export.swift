internal import Core
internal import Exports

extension Schema {
    /// `TaskExport.write`
    static let taskExport = Schema.object([
        "format": Schema(["const": .string(ExportFormat.name)]),
        "version": Schema(["const": .int(Int64(ExportFormat.version))]),
        "records": .array(of: .object(["hash": .hash, "record": record])).with("minItems", 1),
        "count": .count, "hash": .hash.saying("That of the last record."),
    ]).named("TaskExport")

    private static let record = Schema.object([
        "sequence": .count, "kind": .word(ExportRecord.Kind.self),
    ]).open.saying("Its other members depend on `kind`.").named("ExportRecord")
}
