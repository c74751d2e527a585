public import CEL
public import Core

/// One step of a plan.
public struct StepDefinition: Sendable {
    public var name: String
    public var summary: String?
    public var kind: StepKind
    /// Steps of the same block that must have ended before this one starts: those it names in `needs`, and those that
    /// its expressions, and the expressions of the steps inside it, refer to.
    public var needs: [String]
    /// Runs only if this is true; else it is skipped.
    public var condition: Expression?
    /// Whether it may run again when a crash interrupted it.
    public var isRepeatable: Bool
    /// How long one run may take, in milliseconds; nil for the default of its kind. Of a step that waits: how long it
    /// waits at most; of a step with steps inside: how long all of them may take together.
    public var timeoutMilliseconds: Int64?
    /// What is done when a run fails; nil for the default of its kind.
    public var retry: RetryPolicy?
    /// Whether the task goes on when the step has failed (`on_error: continue`).
    public var continuesOnError: Bool
    /// Set when a person must accept the output.
    public var review: RequestPolicy?
    /// When a person must agree before the step begins; nil for the rule of the plan.
    public var consent: ConsentRule?
    /// A hash over all that the plan says about the step, the agent it calls and the files it names: the same in two
    /// versions of a plan when the step has not changed.
    public var fingerprint: ContentHash
    /// The same without the steps inside it, which have their own.
    public var outline: ContentHash
    /// Where it stands in the plan's text.
    public var place: Place

    public init(
        name: String, summary: String? = nil, kind: StepKind, needs: [String] = [], condition: Expression? = nil,
        isRepeatable: Bool, timeoutMilliseconds: Int64? = nil, retry: RetryPolicy? = nil,
        continuesOnError: Bool = false, review: RequestPolicy? = nil, consent: ConsentRule? = nil,
        fingerprint: ContentHash, outline: ContentHash? = nil, place: Place
    ) {
        self.name = name
        self.summary = summary
        self.kind = kind
        self.needs = needs
        self.condition = condition
        self.isRepeatable = isRepeatable
        self.timeoutMilliseconds = timeoutMilliseconds
        self.retry = retry
        self.continuesOnError = continuesOnError
        self.review = review
        self.consent = consent
        self.fingerprint = fingerprint
        self.outline = outline ?? fingerprint
        self.place = place
    }
}
