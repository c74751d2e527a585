internal import CEL
internal import Core

extension RetryPolicy {
    /// The causes of failure after which a step can be run again, in the words of the journal.
    public static let knownCauses = ["tool_error", "model_error", "timeout", "validation", "missing_data", "agent"]
}

extension DocumentReader {
    /// Reads `retry:`, a number or a mapping.
    mutating func retry(_ node: YAMLNode) -> RetryPolicy? {
        let bounds = 1...Int64(Limits.retriesMaximum)
        guard node.entries != nil else {
            return integer(node, "\"retry\"", in: bounds).map { RetryPolicy(maximum: Int($0)) }
        }
        guard let fields = fields(of: node, "\"retry\"", keys: ["max", "backoff", "factor", "max_backoff", "on"]) else {
            return nil
        }
        guard let maximum = fields["max"] else {
            report("\"retry\" needs \"max\"", at: node.range, hint: "add max: 3")
            return nil
        }
        guard let count = integer(maximum, "\"max\"", in: bounds) else { return nil }
        var policy = RetryPolicy(maximum: Int(count))
        if let backoff = fields["backoff"].flatMap({ duration($0, "\"backoff\"") }) {
            policy.backoffMilliseconds = backoff
        }
        policy.factor = fields["factor"].flatMap { factor($0) } ?? policy.factor
        if let node = fields["max_backoff"] {
            let longest = duration(node, "\"max_backoff\"") ?? policy.backoffMilliseconds
            if longest < policy.backoffMilliseconds {
                report("\"max_backoff\" is shorter than the first pause, \"backoff\"", at: node.range)
            }
            policy.backoffMillisecondsMaximum = longest
        } else {
            policy.backoffMillisecondsMaximum = max(policy.backoffMillisecondsMaximum, policy.backoffMilliseconds)
        }
        policy.causes = fields["on"].map { causes($0) }
        return policy
    }

    private mutating func factor(_ node: YAMLNode) -> Double? {
        let factor: Double
        switch node.scalar?.value {
        case .int(let value)?: factor = Double(value)
        case .double(let value)?: factor = value
        default:
            reportType(node, "\"factor\"", mustBe: "a number")
            return nil
        }
        guard (1...Limits.retryFactorMaximum).contains(factor) else {
            report("\"factor\" must be between 1 and \(Int(Limits.retryFactorMaximum))", at: node.range)
            return nil
        }
        return factor
    }

    private mutating func causes(_ node: YAMLNode) -> Set<String> {
        let elements = elements(node, "\"on\"", of: "causes")
        if elements.isEmpty, node.elements != nil {
            report("\"on\" names no cause", at: node.range, hint: "leave it out for those that may pass by themselves")
        }
        return Set(elements.compactMap { word($0, "a cause in \"on\"", of: RetryPolicy.knownCauses) })
    }

    /// Reads `consent:` of a step.
    mutating func consent(_ node: YAMLNode) -> ConsentRule? {
        if let isNeeded = node.scalar?.value.boolValue { return isNeeded ? .always : .never }
        if let text = node.scalar?.text, ["always", "never"].contains(text) {
            report(
                "\"consent\" of a step cannot be \"\(text)\"", at: node.range,
                hint: "write \(text == "always"), or an expression")
            return nil
        }
        purpose = .consent
        defer { purpose = .value }
        return condition(node, "\"consent\"").map { .when($0) }
    }

    /// Reads `consent:` of the plan.
    mutating func automation(_ node: YAMLNode) -> AutomationMode {
        if let elements = node.elements {
            if elements.isEmpty {
                report("\"consent\" names no kind of step", at: node.range, hint: "write consent: never")
            }
            return .ask(
                kinds: Set(elements.compactMap { word($0, "a kind of step in \"consent\"", of: Self.actingKinds) }))
        }
        guard node.scalar?.value.stringValue != nil else {
            reportType(
                node, "\"consent\"", mustBe: "always, never or a list of kinds", hint: "write consent: [command, http]")
            return .autonomous
        }
        let chosen = word(node, "\"consent\"", of: ["always", "never"], or: "a list of kinds, such as [command, http]")
        return chosen == "always" ? .askAlways : .autonomous
    }

    /// Reads `concurrency:` of the plan, a number or a mapping.
    mutating func concurrency(_ node: YAMLNode) -> ConcurrencyRule? {
        let bounds = 1...Int64(Limits.planConcurrencyMaximum)
        guard node.entries != nil else {
            return integer(node, "\"concurrency\"", in: bounds).map { ConcurrencyRule(maximum: Int($0), key: nil) }
        }
        guard let fields = fields(of: node, "\"concurrency\"", keys: ["max", "key"]) else { return nil }
        let key = fields["key"].flatMap { templateText($0, "\"key\"") }
        guard let maximum = fields["max"] else {
            report("\"concurrency\" needs \"max\"", at: node.range, hint: "add max: 1")
            return nil
        }
        return integer(maximum, "\"max\"", in: bounds).map { ConcurrencyRule(maximum: Int($0), key: key) }
    }

    /// Reads `limits:`.
    mutating func limits(_ node: YAMLNode) -> PlanLimits {
        let keys = ["duration", "parallel_steps", "tokens", "cost", "model_calls", "tool_calls"]
        guard let fields = fields(of: node, "\"limits\"", keys: keys) else { return PlanLimits() }
        var limits = PlanLimits()
        limits.durationMilliseconds = fields["duration"].flatMap { duration($0, "\"duration\"") }
        limits.parallelSteps = fields["parallel_steps"].flatMap {
            integer($0, "\"parallel_steps\"", in: 1...Int64(Limits.planStepsMaximum)).map { Int($0) }
        }
        limits.tokens = fields["tokens"].flatMap { integer($0, "\"tokens\"", in: 1...Limits.planTokensMaximum) }
        limits.modelCalls = fields["model_calls"].flatMap {
            integer($0, "\"model_calls\"", in: 1...Int64(Limits.planModelCallsMaximum)).map { Int($0) }
        }
        limits.toolCalls = fields["tool_calls"].flatMap {
            integer($0, "\"tool_calls\"", in: 1...Int64(Limits.toolCallsMaximum)).map { Int($0) }
        }
        limits.cost = fields["cost"].flatMap { cost($0) }
        return limits
    }

    private mutating func cost(_ node: YAMLNode) -> Money? {
        let hint = "write dollars as a decimal, such as 0.50"
        guard let scalar = node.scalar, !node.isNull, scalar.value.boolValue == nil else {
            reportType(node, "\"cost\"", mustBe: "an amount of US dollars", hint: hint)
            return nil
        }
        guard let cost = Money(dollars: scalar.text), cost > .zero else {
            report(
                "\"cost\" is not an amount of US dollars above 0: \(quoted(scalar.text))", at: node.range, hint: hint)
            return nil
        }
        return cost
    }
}
