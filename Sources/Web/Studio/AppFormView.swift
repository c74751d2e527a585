public import Core
internal import Plans

/// The form by which a version of a plan is published as an app.
public struct AppFormView: Sendable {
    public var plan: String
    public var version: ContentHash
    /// The app that is changed; nil for a new one.
    public var app: String?
    public var name: String
    public var summary: String
    public var parameters: [Parameter]
    /// The app as it was when the form was made.
    public var seen: ContentHash?
    /// What is wrong, by the name of the field; what belongs to no field under the empty name.
    public var errors: [String: String] = [:]
    public var approvals: Int
    public var now: Timestamp

    /// The fields in their order on the page.
    var fieldNames: [String] {
        let own = ["type", "required", "summary", "default", "choices"]
        return ["name", "description"] + parameters.indices.flatMap { number in own.map { "\($0)-\(number)" } }
    }

    /// What people fill in for one input of the plan, as it was typed.
    public struct Parameter: Sendable {
        public var name: String
        /// The input of the plan that gets the value; nil for a file that the task is only given.
        public var input: String?
        public var kind: String
        public var summary: String
        public var isRequired: Bool
        public var defaultText: String
        /// A value a line.
        public var choices: String
    }
}
