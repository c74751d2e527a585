internal import CEL
internal import Core

extension DocumentReader {
    static let approvalKeys = ["title", "proposal", "form"] + policyKeys
    private static let policyKeys = ["by", "expires", "on_expiry"]

    /// Reads `wait:`.
    mutating func wait(_ node: YAMLNode) -> WaitDefinition {
        guard node.entries != nil else { return .duration(waitingTime(node)) }
        guard let fields = fields(of: node, "\"wait\"", keys: ["until", "signal", "key"]) else {
            return .duration(.literal(.null))
        }
        if fields["key"] != nil, fields["signal"] == nil {
            report("\"key\" belongs to \"signal\"", at: fields.keyRange("key"), hint: "add signal: and its name")
        }
        switch (fields["until"], fields["signal"]) {
        case (nil, nil):
            report(
                "\"wait\" does not say what for", at: node.range,
                hint: "write wait: 10m, wait: { until: … } or wait: { signal: … }")
            return .duration(.literal(.null))
        case (let until?, nil): return .until(pointInTime(until))
        case (let until, let signal?):
            if until != nil {
                report(
                    "a step waits either \"until\" a time or for a \"signal\"", at: fields.keyRange("until"),
                    hint: "make two steps of it; how long it waits for a signal at most is its \"timeout\"")
            }
            let name = string(signal, "\"signal\"") ?? ""
            if !name.isEmpty, !PlanNames.isValid(name) {
                report("\(quoted(name)) cannot be the name of a signal", at: signal.range, hint: PlanNames.rule)
            }
            return .signal(name: name, key: fields["key"].flatMap { templateText($0, "\"key\"") })
        }
    }

    private mutating func waitingTime(_ node: YAMLNode) -> TemplateValue {
        let what = "\"wait\""
        guard let text = node.scalar?.text, TemplateScanner.isTemplate(text) else {
            return duration(node, what) == nil ? .literal(.null) : .literal(.string(node.scalar?.text ?? ""))
        }
        let time = template(node)
        checkType(of: time, what, mustBe: "a duration", in: node) { $0 == .string }
        if case .expression(let expression) = time, case .string(let text)? = constant(expression),
            DurationText.milliseconds(text) ?? DurationValue.milliseconds(text) == nil
        {
            report("\(what) is not a duration: \(quoted(text))", at: node.range, hint: Self.durationHint)
        }
        return time
    }

    private mutating func pointInTime(_ node: YAMLNode) -> TemplateValue {
        let what = "\"until\""
        let hint = "write it as in 2026-12-24T18:00:00+01:00"
        guard let value = templateText(node, what) else { return .literal(.null) }
        checkType(of: value, what, mustBe: "a point in time", in: node) { $0 == .string }
        if let text = value.literalValue?.stringValue, Timestamp(rfc3339: text) == nil {
            report("\(what) is not a point in time: \(quoted(text))", at: node.range, hint: hint)
        }
        return value
    }

    /// Reads `approval:`.
    mutating func approval(_ node: YAMLNode) -> ApprovalDefinition {
        var approval = ApprovalDefinition(
            title: .literal(.string("")), proposal: nil, form: nil, policy: RequestPolicy())
        guard node.entries != nil else {
            approval.title = templateText(node, "\"approval\"") ?? approval.title
            checkTitle(approval.title, node)
            return approval
        }
        guard let fields = fields(of: node, "\"approval\"", keys: Self.approvalKeys) else { return approval }
        if let title = fields["title"] {
            approval.title = templateText(title, "\"title\"") ?? approval.title
            checkTitle(approval.title, title)
        } else {
            report("\"approval\" needs a \"title\"", at: node.range, hint: "add title: and the question in a line")
        }
        approval.proposal = fields["proposal"].map { template($0) }
        approval.form = fields["form"].flatMap { form($0) }
        approval.policy = policy(fields)
        return approval
    }

    private mutating func checkTitle(_ title: TemplateValue, _ node: YAMLNode) {
        guard !isStored, title.literalValue?.stringValue?.trimmingWhitespace.isEmpty == true, !node.isNull else {
            return
        }
        report("the title of an approval is empty", at: node.range, hint: "write the question in a line")
    }

    /// Reads `review:`.
    mutating func review(_ node: YAMLNode) -> RequestPolicy? {
        if let isWanted = node.scalar?.value.boolValue { return isWanted ? RequestPolicy() : nil }
        guard node.entries != nil else {
            reportType(node, "\"review\"", mustBe: "true, false or a mapping", hint: "write review: true")
            return nil
        }
        return fields(of: node, "\"review\"", keys: Self.policyKeys).map { policy($0) }
    }

    private mutating func policy(_ fields: Fields) -> RequestPolicy {
        var policy = RequestPolicy()
        if let node = fields["by"] {
            let elements = elements(node, "\"by\"", of: "names")
            if elements.isEmpty, node.elements != nil {
                report("\"by\" names nobody", at: node.range, hint: "leave it out when everybody may decide")
            }
            policy.deciders = elements.compactMap { decider($0) }
        }
        policy.expiryMilliseconds = fields["expires"].flatMap { duration($0, "\"expires\"") }
        if let node = fields["on_expiry"] {
            let words = RequestPolicy.Expiry.allCases.map(\.rawValue)
            let chosen = word(node, "\"on_expiry\"", of: words).flatMap(RequestPolicy.Expiry.init(rawValue:))
            policy.onExpiry = chosen ?? .wait
            if fields["expires"] == nil {
                report("\"on_expiry\" needs \"expires\"", at: fields.keyRange("on_expiry"), hint: "add expires: 2d")
            }
        }
        return policy
    }

    private mutating func decider(_ node: YAMLNode) -> String? {
        guard let name = string(node, "a name in \"by\"") else { return nil }
        guard !name.trimmingWhitespace.isEmpty, name.count <= Limits.planNameLengthMaximum else {
            report(
                "a name in \"by\" has 1 to \(Limits.planNameLengthMaximum) characters", at: node.range)
            return nil
        }
        if !isStored, let hidden = HiddenCharacter.first(in: name, isLine: true) {
            report("a name in \"by\" holds a character that is not seen: \(hidden.words)", at: node.range)
            return nil
        }
        return name
    }
}
