public import Core

/// What a tool wants to know from a person in the middle of a call.
public struct ToolQuestion: Sendable, Hashable {
    /// The question, in a line.
    public var title: String
    /// What the person fills in, as a JSON Schema of an object; nil for a yes or no.
    public var form: JSON?
    /// What the tool needs to go on with the same call.
    public var continuation: JSON

    public init(title: String, form: JSON?, continuation: JSON) {
        self.title = title
        self.form = form
        self.continuation = continuation
    }
}

extension ToolQuestion {
    /// The form of the journal.
    var json: JSON {
        var object: JSONObject = ["title": .string(title), "continuation": continuation]
        object["form"] = form
        return .object(object)
    }

    /// Reads `json` back.
    init(_ json: JSON?) throws {
        guard let title = json?["title"]?.stringValue, let continuation = json?["continuation"] else {
            throw JournalFormatError.member("question")
        }
        self.init(title: title, form: json?["form"], continuation: continuation)
    }
}
