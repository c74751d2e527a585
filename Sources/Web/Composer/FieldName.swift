internal import Core

/// What the fields of forms that start tasks are called: the place of their value in the body that the API takes, as a
/// JSON pointer. So whatever the server finds wrong names its field.
enum FieldName: Sendable {
    static let prompt = "/prompt"
    static let agent = "/agent"
    static let name = "/name"
    static let tags = "/tags"
    static let model = "/model"
    /// Which button was pressed.
    static let action = "do"
    /// A file that is to be taken away again.
    static let drop = "drop"
    /// The body as it is written.
    static let json = "json"
    /// The plan whose inputs the form had.
    static let shownPlan = "shown"
    /// Which version of its plan a previous task takes.
    static let version = "/plan"
    /// The mode in which the form was shown.
    static let shownMode = "was"

    static func input(_ name: String) -> String { "/inputs/" + escaped(name) }
    static func parameter(_ name: String) -> String { "/parameters/" + escaped(name) }
    static func limit(_ name: String) -> String { "/limits/" + name }
    static func output(_ path: StepPath) -> String { "/outputs/" + escaped(path.rawValue) }

    /// Files that were uploaded before, by what they are for: `/files`, or the pointer of a parameter.
    static func file(_ target: String) -> String { "file:" + target }
    /// Files that come with the form itself.
    static func upload(_ target: String) -> String { "upload:" + target }
    static let files = "/files"
    /// A URL whose file is to be fetched, by what it is for.
    static func url(_ target: String) -> String { urlPrefix + target }
    static let urlPrefix = "url:"
    /// Says that a box was shown, which a browser tells of only while it has a tick.
    static func box(_ name: String) -> String { boxPrefix + name }
    static let boxPrefix = "box:"
    /// What tells this form from all others, so that sending it twice makes one task.
    static let once = "once"

    /// A name as a part of a JSON pointer (RFC 6901).
    private static func escaped(_ name: String) -> String {
        name.replacing("~", with: "~0").replacing("/", with: "~1")
    }
}

/// What somebody wants with a form.
enum FormAction: String, Sendable {
    /// Make the task.
    case start
    /// Show the form again, with the files that came along and the one that was fetched.
    case attach
    /// Show the form again, in another mode or with another plan.
    case redraw
    /// Show what a restart would do.
    case preview
}
