internal import CEL
internal import Core
internal import Plans

/// One reading of a script: after a mistake it goes on, so that an author sees all of them at once.
struct FakeScriptReader {
    let path: String
    private(set) var diagnostics: [Diagnostic] = []
    private(set) var variables: Set<String> = []

    init(path: String) { self.path = path }

    mutating func read(_ text: String) throws -> FakeScript {
        guard text.utf8.count <= Limits.planFileBytesMaximum else {
            throw SignalboxError(.limit, "\(path) has more than \(Limits.planFileBytesMaximum) bytes.")
        }
        guard let root = try PositionedValue.read(text: text, path: path) else {
            throw SignalboxError(
                .invalidPlan, "\(path) is empty.", hint: "Write answers: and a list of texts below it.")
        }
        var answers: [FakeAnswer] = []
        if let fields = fields(of: root, "a script", keys: ["answers"]) {
            if let elements = fields["answers"]?.elements, !elements.isEmpty {
                answers = elements.compactMap { answer($0) }
            } else {
                let place = fields["answers"]?.place ?? root.place
                report(
                    "a script needs \"answers\", a list", at: place, hint: "write answers: and a list of texts below it"
                )
            }
        }
        guard diagnostics.isEmpty else {
            let count = diagnostics.count == 1 ? "a mistake" : "\(diagnostics.count) mistakes"
            throw SignalboxError(.invalidPlan, "\(path) has \(count)", diagnostics: diagnostics)
        }
        return FakeScript(path: path, answers: answers, variables: variables)
    }

    private static let keys = [
        "when", "repeat", "text", "thinking", "tool_calls", "refusal", "stop", "tokens", "usage", "delay",
        "first_byte_delay", "pause_between", "status", "error", "headers", "cut_after_bytes", "malformed",
    ]

    private mutating func answer(_ node: PositionedValue) -> FakeAnswer? {
        guard let fields = fields(of: node, "an answer", keys: Self.keys) else { return nil }
        var answer = FakeAnswer(place: node.place)
        answer.condition = fields["when"].flatMap { condition($0) }
        answer.repetitions = fields["repeat"].flatMap { integer($0, "repeat", in: 1...1_000_000_000) }.map { Int($0) }
        answer.text = fields["text"].flatMap { text($0, "text") }
        answer.thinking = fields["thinking"].flatMap { text($0, "thinking") }
        answer.refusal = fields["refusal"].flatMap { text($0, "refusal") }
        answer.toolCalls = fields["tool_calls"].map { toolCalls($0) } ?? []
        answer.stop = fields["stop"].flatMap { stop($0) }
        answer.tokens = fields["tokens"].flatMap { tokens($0) }
        answer.usage = fields["usage"]?.json
        answer.pace = FakeAnswer.Pace(
            firstByteDelay: fields["first_byte_delay"].flatMap { duration($0, "first_byte_delay") } ?? .zero,
            delay: fields["delay"].flatMap { duration($0, "delay") } ?? .zero,
            pauseBetween: fields["pause_between"].flatMap { duration($0, "pause_between") } ?? .zero)
        answer.fault = fault(fields)
        let saysNothing = ["text", "tool_calls", "refusal", "thinking", "status", "error", "malformed"]
            .allSatisfy { fields[$0] == nil }
        if saysNothing {
            report(
                "an answer needs something to say", at: node.place,
                hint: "give it text, tool_calls, refusal, status or malformed")
        }
        return answer
    }

    private mutating func fault(_ fields: [String: PositionedValue]) -> FakeAnswer.Fault {
        var fault = FakeAnswer.Fault()
        fault.status = fields["status"].flatMap { integer($0, "status", in: 200...599) }.map { Int($0) }
        if let error = fields["error"] {
            fault.error = error.json.objectValue
            if fault.error == nil { report("\"error\" must be a mapping", at: error.place) }
        }
        if let headers = fields["headers"] {
            if headers.entries == nil { report("\"headers\" must be a mapping", at: headers.place) }
            fault.headers = (headers.entries ?? []).compactMap { entry in
                text(entry.value, entry.name).map { (entry.name, $0) }
            }
        }
        fault.cutAfterBytes = fields["cut_after_bytes"]
            .flatMap { integer($0, "cut_after_bytes", in: 0...1_000_000_000) }.map { Int($0) }
        if let malformed = fields["malformed"] {
            fault.malformed = malformed.json.stringValue
            if fault.malformed == nil { report("\"malformed\" must be a text", at: malformed.place) }
        }
        return fault
    }

    private mutating func toolCalls(_ node: PositionedValue) -> [FakeAnswer.Call] {
        guard let elements = node.elements, elements.count <= Limits.fakeModelToolCallsMaximum else {
            report(
                "\"tool_calls\" must be a list of at most \(Limits.fakeModelToolCallsMaximum)", at: node.place,
                hint: "tool_calls: [{ name: list_files, arguments: { path: . } }]")
            return []
        }
        return elements.compactMap { element in
            guard let fields = fields(of: element, "a tool call", keys: ["name", "arguments"]) else { return nil }
            guard let name = fields["name"].flatMap({ text($0, "name") }) else {
                if fields["name"] == nil { report("a tool call needs \"name\"", at: element.place) }
                return nil
            }
            let arguments = fields["arguments"].flatMap { template($0, "arguments") } ?? .literal([:])
            return FakeAnswer.Call(name: name, arguments: arguments)
        }
    }

    private mutating func stop(_ node: PositionedValue) -> FakeReply.Stop? {
        let words = FakeReply.Stop.allCases.map(\.rawValue)
        guard let word = node.json.stringValue.flatMap(FakeReply.Stop.init(rawValue:)) else {
            report("\"stop\" must be one of \(words.joined(separator: ", "))", at: node.place)
            return nil
        }
        return word
    }

    private mutating func tokens(_ node: PositionedValue) -> TokenUsage? {
        let kinds = TokenUsage.kinds
        guard let fields = fields(of: node, "\"tokens\"", keys: kinds.map(\.name)) else { return nil }
        var usage = TokenUsage()
        for (name, kind) in kinds {
            guard let value = fields[name] else { continue }
            usage[keyPath: kind] = integer(value, name, in: 0...1_000_000_000) ?? 0
        }
        guard usage.reasoning <= usage.output else {
            report("\"reasoning\" is a part of \"output\" and cannot be more", at: node.place)
            return nil
        }
        return usage
    }
}

extension FakeScriptReader {
    mutating func report(_ message: String, at place: Place, hint: String? = nil) {
        guard diagnostics.count < Limits.planDiagnosticsMaximum else { return }
        diagnostics.append(Diagnostic(message, at: place, hint: hint))
    }

    /// Notes the variables of an expression, and what is certainly wrong with it.
    mutating func note(_ expression: Expression, at place: Place) {
        for finding in expression.diagnostics {
            report("in \"\(expression.source)\": \(finding.message)", at: place, hint: finding.hint)
        }
        for name in expression.references.compactMap(\.path.first) {
            variables.insert(name)
            guard !FakeScript.variableNames.contains(name) else { continue }
            report(
                "there is no variable \"\(name)\" in a script", at: place,
                hint: Suggestion.hint(for: name, among: FakeScript.variableNames, called: "its variables are"))
        }
    }
}
