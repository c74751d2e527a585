internal import Core
internal import HTTPServer
internal import Plans
internal import Runtime

/// A plan that is to be saved, with what is said about it.
struct PlanSubmission: Sendable {
    var source: PlanSource
    var note: Runtime.PlanNote

    static let author = Parameter.text("author", "Who saves it, beside a body of YAML; the local user without it.")
    static let note = Parameter.text("note", "What is new in it, beside a body of YAML.")
    static let path = Parameter.text("path", "What messages call the document, beside a body of YAML.")

    /// Reads a body of YAML, which is the plan, or one of JSON: `{"text": …}` or `{"plan": {…}}` with what belongs to it.
    /// - Throws: `SignalboxError`: `unsupported_media_type`, `invalid_json`, `invalid_input`.
    init(_ call: Call) throws {
        let (author, note, path) = (try call[Self.author], try call[Self.note], try call[Self.path])
        guard call.request.contentType != RequestBody.yaml else {
            source = PlanSource(path: path ?? "plan.yaml", text: try Self.text(call.request.body))
            self.note = Runtime.PlanNote(author: author, text: note)
            return
        }
        var reader = try ObjectReader(try call.json())
        let given = (path: reader.string("path"), text: reader.string("text"), files: reader.object("files"))
        self.note = Runtime.PlanNote(
            author: reader.string("author") ?? author, text: reader.string("note") ?? note)
        let document = reader.object("plan")
        if given.text == nil, document == nil, reader.value("text") == nil, reader.value("plan") == nil {
            reader.add("the member \"text\" is missing", at: "text", hint: "or give the plan as an object: \"plan\"")
        }
        if given.text != nil, document != nil {
            reader.add("\"text\" and \"plan\" are the same thing", at: "plan", hint: "leave one of them out")
        }
        let name = given.path ?? path ?? (document == nil ? "plan.yaml" : "plan.json")
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
