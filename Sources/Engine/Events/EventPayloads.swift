public import Core

extension StepResult {
    /// The form of the journal.
    var json: JSON {
        var object: JSONObject = ["output": output]
        if !files.isEmpty { object["files"] = .array(files.map(\.json)) }
        return .object(object.with("trace", trace))
    }

    /// Reads `json` back.
    public init(_ json: JSON) throws {
        guard let output = json["output"] else { throw JournalFormatError.member("output") }
        self.init(
            output: output, files: try json["files"]?.arrayValue?.map(TaskFile.init) ?? [], trace: json["trace"])
    }
}
