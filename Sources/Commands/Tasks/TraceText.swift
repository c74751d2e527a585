internal import Client
internal import Core

/// A run of an agent as a terminal shows it. All that models, tools and people wrote goes through `DisplayText`.
struct TraceText: Sendable {
    let style: Style
    /// Of the terminal, in columns.
    let width: Int
    /// Whether the whole of each request is shown.
    let showsRequests: Bool

    /// Lines of one text; `--json` has all of them.
    private static let linesMaximum = 40
    private static let indent = "  "

    func lines(_ trace: JSON) -> [String] {
        let turns = trace["turns"]?.arrayValue ?? []
        var between: [Int64: [JSON]] = [:]
        var last: String?
        for entry in trace["between"]?.arrayValue ?? [] {
            defer { last = entry["type"]?.stringValue }
            // After anything but a stop of the server, going on is nothing to tell.
            guard entry["type"] != "resumed" || last == "interrupted" else { continue }
            between[entry["after_turn"]?.intValue ?? 0, default: []].append(entry)
        }
        var lines = head(trace)
        lines.append("")
        lines += table(turns).lines(width: width, style: style)
        if !showsRequests { lines += (between[0] ?? []).flatMap { self.between($0) } }
        let isOver = trace["ending"]?.stringValue != nil
        for turn in turns {
            lines += self.turn(turn, isOver: isOver)
            if !showsRequests { lines += (between[turn["number"]?.intValue ?? 0] ?? []).flatMap { self.between($0) } }
        }
        return lines
    }

    private func head(_ trace: JSON) -> [String] {
        let step = DisplayText.line(trace["step"]?.stringValue ?? "")
        let run = trace["run"]?.intValue ?? 1
        let runs = trace["runs"]?.arrayValue?.count ?? 1
        var title = "Task #\(trace["task"]?.intValue ?? 0), step \(step), run \(run)"
        if runs > 1 { title += " of \(runs)" }
        switch trace["ending"]?.stringValue {
        case "step_completed"?: title += ": " + style.green("completed")
        case "step_failed"?, "step_retrying"?: title += ": " + style.red("failed")
        case "step_cancelled"?: title += ": " + style.faint("cancelled")
        default: break
        }
        var facts = [
            Quantity.count(trace["model_calls"]?.intValue ?? 0, "model call"),
            Quantity.count(trace["tool_calls"]?.intValue ?? 0, "tool call"),
        ]
        facts.append(Self.split(TokenUsage(trace["tokens"])))
        facts.append(Self.cost(trace["cost"]))
        if let known = trace["known_cost"]?["amount"]?.stringValue {
            let count = Quantity.count(trace["unpriced_calls"]?.intValue ?? 0, "call")
            let isNothing = Money(dollars: known) == .zero
            facts[facts.count - 1] =
                "cost unknown (\(count) without a price\(isNothing ? "" : "; the others $\(known)"))"
        }
        var lines = [style.bold(title), facts.joined(separator: ", ")]
        if trace["resumed_after_crash"]?.boolValue == true {
            lines.append(style.yellow("The server stopped in the middle; the run went on where it was."))
        } else if trace["between"]?.arrayValue?.contains(where: { $0["type"] == "interrupted" }) == true {
            lines.append(style.yellow("The server stopped in the middle; \(Self.afterStop(trace))."))
        }
        return lines
    }

    private func table(_ turns: [JSON]) -> Table {
        var table = Table(columns: [
            Table.Column(title: "Turn", alignsRight: true), Table.Column(title: "Model", isFlexible: true),
            Table.Column(title: "Stop", isFlexible: true), Table.Column(title: "Time", alignsRight: true),
            Table.Column(title: "Input", alignsRight: true), Table.Column(title: "Cached", alignsRight: true),
            Table.Column(title: "Output", alignsRight: true), Table.Column(title: "Cost", alignsRight: true),
        ])
        table.rows = turns.map { turn in
            let usage = TokenUsage(turn["tokens"])
            let isKnown = turn["tokens"]?.isNull == false
            let mark = turn["tokens_estimated"]?.boolValue == true ? "~" : ""
            func count(_ number: Int64) -> String { isKnown ? mark + Quantity.grouped(number) : "unknown" }
            return [
                "\(turn["number"]?.intValue ?? 0)", DisplayText.line(turn["model"]?.stringValue ?? ""),
                DisplayText.line(
                    turn["purpose"]?.stringValue == "loop_check" ? "loop check" : turn["stop_reason"]?.stringValue ?? ""
                ),
                Quantity.duration(milliseconds: turn["duration_ms"]?.intValue ?? 0),
                count(usage.prompt - usage.cacheRead), count(usage.cacheRead), count(usage.output),
                Self.cost(turn["cost"]) + (turn["repriced"] == nil ? "" : "*"),
            ]
        }
        return table
    }

    /// - Parameter isOver: whether the run has ended.
    private func turn(_ turn: JSON, isOver: Bool) -> [String] {
        let what = turn["purpose"]?.stringValue == "loop_check" ? "loop check" : "turn"
        var lines = ["", style.faint("── \(what) \(turn["number"]?.intValue ?? 0) ──")]
        lines += request(turn["request"])
        for part in turn["response"]?["parts"]?.arrayValue ?? [] { lines += self.part(part, showsCalls: false) }
        if let refusal = turn["response"]?["refusal"]?.stringValue { lines += text(style.red("refused"), refusal) }
        for call in turn["tool_calls"]?.arrayValue ?? [] { lines += self.call(call, isOver: isOver) }
        lines += price(turn)
        return lines
    }

    private func request(_ request: JSON?) -> [String] {
        var lines: [String] = []
        if let trimmed = request?["trimmed"] {
            let (results, turns) = (trimmed["results"]?.intValue ?? 0, trimmed["turns"]?.intValue ?? 0)
            lines.append(
                style.yellow(
                    "left out for lack of room: \(Quantity.count(results, "result")), \(Quantity.count(turns, "turn"))")
            )
        }
        let searches = request?["parameters"]?["web_searches_reserved"]?.intValue
        if let searches, searches < Limits.webSearchesReserved {
            let what = searches == 1 ? "one search" : "\(searches) searches"
            lines.append(style.yellow("the limit on cost left room for only \(what) of the web"))
        }
        for sentence in request?["unavailable"]?.arrayValue ?? [] {
            lines.append(style.yellow(DisplayText.line(sentence.stringValue ?? "")))
        }
        guard showsRequests, let request else { return lines }
        if let system = request["system"]?.stringValue { lines += text(style.blue("system"), system) }
        for message in request["messages"]?.arrayValue ?? [] {
            let role = DisplayText.line(message["role"]?.stringValue ?? "")
            lines.append(style.blue(role))
            for part in message["parts"]?.arrayValue ?? [] { lines += self.part(part).map { Self.indent + $0 } }
        }
        if let tools = request["tools"]?.arrayValue, !tools.isEmpty {
            let names = tools.compactMap { $0["name"]?.stringValue }.joined(separator: ", ")
            lines += text(style.blue("tools"), names)
        }
        if let parameters = request["parameters"], parameters.objectValue?.isEmpty == false {
            lines += text(style.blue("parameters"), parameters.text)
        }
        return lines + [style.faint("── answer ──")]
    }

    private func part(_ part: JSON, showsCalls: Bool = true) -> [String] {
        guard let member = part.objectValue?.first else { return [] }
        let value = member.value
        switch member.name {
        case "text": return paragraphs(value.stringValue ?? "")
        case "thinking": return text(style.faint("thinking"), value["text"]?.stringValue ?? "")
        // What became of it stands below.
        case "tool_call" where !showsCalls: return []
        case "tool_call":
            return text("→ \(DisplayText.line(value["name"]?.stringValue ?? ""))", value["arguments"]?.text ?? "")
        case "tool_result":
            let parts = value["parts"]?.arrayValue ?? []
            let name = DisplayText.line(value["name"]?.stringValue ?? "")
            return text("← \(name)", parts.compactMap { $0["text"]?.stringValue }.joined(separator: "\n"))
        case "web_search":
            let pages = value["results"]?.arrayValue ?? []
            let found = pages.map { "\($0["title"]?.stringValue ?? ""): \($0["url"]?.stringValue ?? "")" }
            return text("⌕ searched", value["query"]?.stringValue ?? "")
                + found.map { Self.indent + DisplayText.line($0) }
        case "file": return text("file", value["name"]?.stringValue ?? "")
        default: return []
        }
    }

    private func call(_ call: JSON, isOver: Bool) -> [String] {
        let tool = DisplayText.line(call["tool"]?.stringValue ?? "")
        var lines = text(style.bold("→ \(tool)"), call["arguments"]?.text ?? "{}")
        let stated = { (name: String) in call[name].map { $0.stringValue ?? $0.text } ?? "not stated" }
        lines.append(
            DisplayText.truncated(
                Self.indent
                    + DisplayText.line(
                        "why: \(stated("reason")) · confidence: \(stated("confidence")) · alternatives: \(stated("alternatives"))"
                    ), to: width))
        for decision in call["decisions"]?.arrayValue ?? [] {
            lines += self.decision(decision).map { Self.indent + $0 }
        }
        let last = call["decisions"]?.arrayValue?.last
        let isStated = last?["kind"] == "in_doubt" && last?["verdict"] == "approve"
        if call["repeated_after_crash"]?.boolValue == true, !isStated {
            lines.append(Self.indent + style.yellow("made again after the server had stopped in the middle"))
        }
        if let problem = call["problem"]?.stringValue { lines += text(Self.indent + style.red("not made"), problem) }
        guard let result = call["result"] else {
            return lines + [Self.indent + openWords(call, isOver: isOver)]
        }
        let took = Quantity.duration(milliseconds: call["duration_ms"]?.intValue ?? 0)
        var mark = call["error"]?.boolValue == true ? style.red("✗ error, \(took)") : style.green("✓ \(took)")
        // Nobody has seen how long it took.
        if isStated { mark = style.green("✓ stated") }
        let said = result.arrayValue?.map { $0["text"]?.stringValue ?? $0.text }.joined(separator: "\n") ?? result.text
        return lines + text(Self.indent + mark, said)
    }

    /// Why a call has no result.
    private func openWords(_ call: JSON, isOver: Bool) -> String {
        let last = call["decisions"]?.arrayValue?.last
        let open = last?["verdict"]?.stringValue == nil ? last?["kind"]?.stringValue : nil
        return switch open.map(ApprovalKind.init(rawValue:)) {
        case .inDoubt?: style.yellow("in doubt: it was cut off, and whether it has happened is not known")
        case .consent?: style.faint("not made yet: nobody has agreed to it")
        case .question?: style.faint("no result yet: it goes on with the answer")
        default: style.faint(isOver ? "no result: the run ended before it" : "no result yet")
        }
    }

    private func decision(_ decision: JSON) -> [String] {
        let title = DisplayText.line(decision["title"]?.stringValue ?? "")
        guard let verdict = decision["verdict"]?.stringValue else {
            return [style.yellow("asked: \(title)") + ", and nobody has decided yet"]
        }
        let by = DisplayText.line(decision["by"]?.stringValue ?? "somebody")
        let kind = ApprovalKind(rawValue: decision["kind"]?.stringValue ?? "")
        // Elsewhere the word is what it says.
        let word = kind == .inDoubt ? DecisionOptions.word(for: verdict, of: kind) : verdict
        var line = "asked: \(title) \(by): \(word)"
        // The tool that asks has a form; a question in a final message is answered by what is put in its place.
        let isQuestion = kind == .question
        let edits = isQuestion ? decision["edits"].map { $0.stringValue ?? $0.text } : nil
        if let answer = decision["values"]?["answer"]?.stringValue ?? edits {
            line += ", “\(DisplayText.line(answer))”"
        }
        if let feedback = decision["feedback"]?.stringValue { line += ", “\(DisplayText.line(feedback))”" }
        // An answer stands in the line itself.
        guard !isQuestion else { return [line] }
        return [line] + ChangeText.lines(of: kind, in: decision, decision).map { Self.indent + $0 }
    }

    private func between(_ entry: JSON) -> [String] {
        switch entry["type"]?.stringValue {
        case "notice": ["", style.yellow("told: ") + DisplayText.line(entry["text"]?.stringValue ?? "")]
        case "decision": [""] + decision(entry)
        case "interrupted": ["", style.yellow("The server stopped here.") + lost(entry)]
        case "resumed": [style.faint("The run goes on.")]
        default: []
        }
    }

    /// What became of a run that did not go on where the server stopped.
    private static func afterStop(_ trace: JSON) -> String {
        let run = trace["run"]?.intValue ?? 0
        let next = (trace["runs"]?.arrayValue ?? []).compactMap(\.intValue).filter { $0 > run }.min()
        return next.map { "run \($0) took the place of this one" } ?? "this run has not gone on"
    }

    /// What is known of a call that was cut off.
    private func lost(_ entry: JSON) -> String {
        entry["lost_call"]?["sentence"]?.stringValue.map { " " + DisplayText.line($0) } ?? ""
    }

    private func price(_ turn: JSON) -> [String] {
        guard turn["purpose"] == nil || showsRequests else { return [] }
        var line = ""
        switch turn["price"]?["source"]?.stringValue {
        case "provider"?: line = "cost as the provider reports it"
        case "table"?:
            guard showsRequests || turn["repriced"] != nil else { return [] }
            line = "priced by \(turn["price"]?["table"]?.stringValue ?? "") \(turn["price"]?["rates"]?.text ?? "")"
        default: line = "no price is known for this turn"
        }
        if let repriced = turn["repriced"] {
            line +=
                " · reckoned anew \(repriced["at"]?.stringValue ?? "") by \(repriced["by"]?.stringValue ?? "somebody"), before \(Self.cost(repriced["cost_before"]))"
        }
        return [style.faint(DisplayText.line(line))]
    }

    private func paragraphs(_ text: String) -> [String] {
        let lines = DisplayText.paragraphs(text).split(separator: "\n", omittingEmptySubsequences: false).map(
            String.init)
        guard lines.count > Self.linesMaximum else { return lines }
        let rest = Quantity.count(Int64(lines.count - Self.linesMaximum), "more line")
        return lines.prefix(Self.linesMaximum) + [style.faint("… \(rest), all of it with --json")]
    }

    /// A text behind its name; longer ones begin below it.
    private func text(_ name: String, _ text: String) -> [String] {
        let lines = paragraphs(text)
        if lines.count == 1, let line = lines.first, DisplayText.width(line) + 20 < width {
            return ["\(name)  \(line)"]
        }
        return [name] + lines.map { Self.indent + Self.indent + $0 }
    }

    private static func cost(_ json: JSON?) -> String {
        json?["amount"]?.stringValue.map { "$\($0)" } ?? "unknown"
    }

    /// `1,204 tokens: 800 input · 200 cache read · 204 output`
    static func split(_ usage: TokenUsage) -> String {
        let words = usage.words(Quantity.grouped)
        let total = Quantity.count(usage.total, "token")
        return words.isEmpty ? total : "\(total) (\(words))"
    }
}
