internal import Core

/// A plan or an agent that is to be saved, with what is said about it.
public struct SavedDocument: Sendable {
    /// What messages call the document.
    public var path: String
    public var text: String
    /// The files that stand beside it, by path.
    public var files: [String: String]
    /// Nil for the local user.
    public var author: String?
    /// What is new in it.
    public var note: String?
    /// The hash of the version that must be the latest; nil for whatever is.
    public var seen: String?

    public init(
        path: String, text: String, files: [String: String], author: String? = nil, note: String? = nil,
        over seen: String? = nil
    ) {
        self.path = path
        self.text = text
        self.files = files
        self.author = author
        self.note = note
        self.seen = seen
    }

    func request(_ target: String) -> APIRequest {
        let files = JSONObject(files.sorted { $0.key < $1.key }.map { ($0.key, JSON.string($0.value)) })
        var body: JSONObject = ["path": .string(path), "text": .string(text), "files": .object(files)]
        body["author"] = author.map(JSON.string)
        body["note"] = note.map(JSON.string)
        let headers = seen.map { [(name: "If-Match", value: "\"\($0)\"")] } ?? []
        return .post(target, .object(body), headers: headers)
    }
}
