internal import Core
internal import HTTPServer
internal import Plans
internal import Runtime

/// A plan or an agent that is to be saved, with what is said about it.
struct LibrarySubmission: Sendable {
    var source: PlanSource
    var note: Runtime.PlanNote

    /// What is said beside a body of YAML.
    static let parameters: [any OperationParameter] = [author, note, path]

    private static let author = Parameter.text(
        "author", "Who saves it, beside a body of YAML; the local user without it.")
    private static let note = Parameter.text("note", "What is new in it, beside a body of YAML.")
    private static let path = Parameter.text("path", "What messages call the document, beside a body of YAML.")

    /// Reads a body of YAML, which is the document, or one of JSON: `{"text": …}` or `{"plan": {…}}` with what belongs to
    /// it.
    /// - Parameter thing: what is saved, and the member that has it as an object: `plan`.
    /// - Throws: `SignalboxError`: `unsupported_media_type`, `invalid_json`, `invalid_input`.
    init(_ call: Call, _ thing: String) throws {
        let (author, note, path) = (try call[Self.author], try call[Self.note], try call[Self.path])
        guard call.request.contentType != RequestBody.yaml else {
            source = PlanSource(path: path ?? "\(thing).yaml", text: try Self.text(call.request.body))
            self.note = Runtime.PlanNote(author: author, text: note)
            return
        }
        var reader = try ObjectReader(try call.json())
        let given = (path: reader.string("path"), text: reader.string("text"), files: reader.object("files"))
        self.note = Runtime.PlanNote(
            author: reader.string("author") ?? author, text: reader.string("note") ?? note)
        let document = reader.object(thing)
        if given.text == nil, document == nil, reader.value("text") == nil, reader.value(thing) == nil {
            reader.add(
                "the member \"text\" is missing", at: "text",
                hint: "or give the \(thing) as an object: \"\(thing)\"")
        }
        if given.text != nil, document != nil {
            reader.add("\"text\" and \"\(thing)\" are the same thing", at: thing, hint: "leave one of them out")
        }
        let name = given.path ?? path ?? "\(thing).\(document == nil ? "yaml" : "json")"
        source = PlanSource(
            path: name, text: given.text ?? document.map { JSON.object($0).prettyText + "\n" } ?? "",
            files: PlanSource.files(given.files ?? [:], &reader))
        try reader.finish()
    }

    private static func text(_ body: [UInt8]) throws -> String {
        if let text = String(validating: body, as: UTF8.self) { return text }
        throw SignalboxError(.invalidInput, "The body is no text in UTF-8.")
    }
}
