internal import Core

/// What takes back something that was just done: a form that the sentence about it offers as its button *Undo*. Whatever
/// it posts to answers as for any other form of ours, so with a sentence too.
struct Undo: Sendable, Hashable {
    /// Where it is posted to.
    var path: String
    var fields: [String: String]

    init(_ path: String, _ fields: [String: String] = [:]) {
        self.path = path
        self.fields = fields
    }

    /// For the script.
    var json: JSON {
        var members = JSONObject()
        for (name, value) in fields.sorted(by: { $0.key < $1.key }) { members[name] = .string(value) }
        return ["path": .string(path), "fields": .object(members)]
    }
}
