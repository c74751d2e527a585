internal import Client
internal import Core

/// `signalbox tasks compare A [B]`
struct TasksCompareVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["tasks", "compare"], summary: "Say what two tasks differ in", operands: .words("NUMBER"),
        options: [.json, .server, .data, .configuration],
        notes: ["With one number it is compared with the last task of its plan that completed."],
        examples: [
            VerbExample(["1", "2"], "Say what tasks 1 and 2 differ in"),
            VerbExample(["2"], "Compare with the last one of the same plan that completed"),
        ])

    let references: [String]
    let isJSON: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        references = arguments.operands
        guard (1...2).contains(references.count) else {
            throw UsageError.error("Name one task or two.", Self.syntax)
        }
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await place.open(context, for: .looking).use(context) { host in
            let other = references.count == 2 ? references[1] : nil
            let comparison = try await host.client.compare(references[0], with: other)
            if isJSON {
                context.output.writeLine(comparison.prettyText)
            } else {
                for line in Self.lines(comparison) { context.output.writeLine(line) }
            }
            return .completed
        }
    }

    static func lines(_ comparison: JSON) -> [String] {
        func side(_ name: String) -> String {
            let task = comparison[name]
            let status = task?["status"]?.stringValue ?? ""
            let time = Quantity.duration(milliseconds: task?["active_ms"]?.intValue ?? 0)
            return "task \(task?["number"]?.intValue ?? 0) (\(status), \(time))"
        }
        var lines = ["A is \(side("a")), B is \(side("b"))."]
        if comparison["same_plan"]?.boolValue == false { lines.append("They ran different versions of the plan.") }
        lines += differences(comparison["inputs"], "inputs")
        var same = 0
        for step in comparison["steps"]?.arrayValue ?? [] {
            let path = DisplayText.line(step["path"]?.stringValue ?? "")
            switch step["verdict"]?.stringValue {
            case "same": same += 1
            case "only_in_a": lines.append("\(path): only in A")
            case "only_in_b": lines.append("\(path): only in B")
            default:
                let (before, after) = (step["a"]?["status"]?.stringValue ?? "", step["b"]?["status"]?.stringValue ?? "")
                lines.append(before == after ? "\(path):" : "\(path): \(before) in A, \(after) in B")
                lines += differences(step["input"], "  input") + differences(step["output"], "  output")
            }
        }
        lines += differences(comparison["outputs"], "outputs")
        lines.append("\(Quantity.count(Int64(same), "step")) came out the same.")
        if let hidden = comparison["hidden_steps"]?.intValue, hidden > 0 {
            lines.append("\(Quantity.count(hidden, "further step")) are not looked at.")
        }
        return lines
    }

    private static func differences(_ list: JSON?, _ what: String) -> [String] {
        (list?.arrayValue ?? []).map { difference in
            let place = difference["pointer"]?.stringValue ?? ""
            func value(_ name: String) -> String { difference[name].map(\.text) ?? "nothing" }
            let indent = what.prefix { $0 == " " }
            return indent + DisplayText.line("\(what)\(place): \(value("a")) in A, \(value("b")) in B")
        }
    }
}
