public import Core

/// A person is asked before the task goes on.
public struct ApprovalDefinition: Sendable {
    /// The question, in a line.
    public var title: TemplateValue
    /// What is proposed; the person may change it, within its types.
    public var proposal: TemplateValue?
    /// What the person fills in, as a JSON Schema of an object; nil for nothing.
    public var form: JSON?
    public var policy: RequestPolicy

    public init(title: TemplateValue, proposal: TemplateValue?, form: JSON?, policy: RequestPolicy) {
        self.title = title
        self.proposal = proposal
        self.form = form
        self.policy = policy
    }
}

/// How a person is asked, whatever for.
public struct RequestPolicy: Sendable, Hashable {
    /// Names of those who may decide; empty for everybody.
    public var deciders: [String]
    /// How long the request stands, in milliseconds; nil for ever.
    public var expiryMilliseconds: Int64?
    /// What happens then.
    public var onExpiry: Expiry

    public enum Expiry: String, Sendable, CaseIterable {
        case wait, reject, approve
    }

    public init(deciders: [String] = [], expiryMilliseconds: Int64? = nil, onExpiry: Expiry = .wait) {
        self.deciders = deciders
        self.expiryMilliseconds = expiryMilliseconds
        self.onExpiry = onExpiry
    }
}
