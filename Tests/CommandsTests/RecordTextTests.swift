import Core
import Testing

@testable import Client
@testable import Commands

/// What others wrote is read afterwards as it was before a decision: each character that is not shown is named.
@Suite(.timeLimit(.minutes(1)))
struct RecordTextTests {
    static let texts = [
        "invoice\u{202E}fdp.exe", "pass\u{200B}word", "x\u{E0041}y", "ls\u{2028}rm", "\u{2066}a\u{2069}",
    ]

    /// Where a text of somebody else stands in what the command line tells of a task.
    enum Place: CaseIterable, Sendable {
        case step, model, answer, thinking, refusal, search, system, prompt, notice
        case tool, argument, reason, result, problem, question, feedback
        case list, origin, stepTable, title, stepName, stepNote, created, called, failed, output, file

        func lines(_ text: String) throws -> [String] {
            let value = JSON.string(text)
            switch self {
            case .step: return trace([:], step: text)
            case .model: return trace(["model": value])
            case .answer: return trace(["response": ["parts": [["text": value]]]])
            case .thinking: return trace(["response": ["parts": [["thinking": ["text": value]]]]])
            case .refusal: return trace(["response": ["refusal": value]])
            case .search: return trace(["response": ["parts": [["web_search": ["query": value]]]]])
            case .system: return trace(["request": ["system": value]], showsRequests: true)
            case .prompt:
                let message: JSON = ["role": "user", "parts": [["text": value]]]
                return trace(["request": ["messages": [message]]], showsRequests: true)
            case .notice: return trace([:], between: [["type": "notice", "text": value]])
            case .tool: return call(["tool": value])
            case .argument: return call(["arguments": ["path": value]])
            case .reason: return call(["reason": value])
            case .result: return call(["result": [["text": value]]])
            case .problem: return call(["problem": value])
            case .question: return call(["decisions": [["title": value]]])
            case .feedback: return call(["decisions": [["title": "May it?", "verdict": "reject", "feedback": value]]])
            case .list:
                var task = try Samples.details().summary
                task.name = text
                return TasksListVerb.lines([task], width: 200, style: style)
            case .origin:
                var task = try Samples.details().summary
                (task.source, task.app) = ("app", text)
                return [OriginText.sentence(task)]
            case .stepTable:
                var step = try Samples.details().steps[0]
                step.preview = text
                return TasksStepsVerb.lines([step], width: 200, style: style)
            case .title: return try tree { $0.name = text }
            case .stepName: return try tree { $0.steps[0].name = text }
            case .stepNote: return try tree { $0.steps[0].note = text }
            case .created: return try event("task_created", nil, [:], name: text)
            case .called: return try event("tool_started", "read", ["tool": "look", "reason": value])
            case .failed: return try event("step_failed", "read", ["failure": ["message": value]])
            case .output: return report(try Samples.details(outputs: ["text": value]))
            case .file:
                var task = try Samples.details()
                let hash = JSON.string(String(repeating: "ab", count: 32))
                task.steps[0].files = [try UploadedFile(["name": value, "size": 1, "sha256": hash])]
                return report(task)
            }
        }
    }

    @Test(arguments: [(nil, "reused"), ("12", "reused: 12")] as [(String?, String)])
    func `what another task has done is marked`(preview: String?, result: String) throws {
        var step = try Samples.details().steps[0]
        (step.isReused, step.failure, step.waiting, step.preview) = (true, nil, nil, preview)
        let lines = TasksStepsVerb.lines([step], width: 200, style: Style(hasColours: false))
        #expect(lines.last?.contains(result) == true, "\(lines)")
        step.isReused = false
        #expect(!TasksStepsVerb.lines([step], width: 200, style: Style(hasColours: false)).joined().contains("reused"))
    }

    @Test(arguments: Place.allCases, texts)
    func `hidden characters are named`(place: Place, text: String) throws {
        let shown = try place.lines(text).joined(separator: "\n")
        #expect(shown.contains(HiddenCharacter.naming(in: text)), "\(shown)")
        for case .hidden(let character) in HiddenCharacter.pieces(of: text) {
            #expect(!shown.unicodeScalars.contains(character.scalar))
        }
    }

    @Test(arguments: Place.allCases, ["report.txt", "👩\u{200D}💻", "می\u{200C}خواهم", "क\u{94D}\u{200D}ष", "שלום"])
    func `ordinary text stays as it is`(place: Place, text: String) throws {
        let shown = try place.lines(text).joined(separator: "\n")
        #expect(shown.contains(text), "\(shown)")
        #expect(!shown.contains("<U+"))
    }

    @Test(arguments: texts)
    func `programs get the characters themselves`(text: String) throws {
        let streams = Streams()
        let task = try Samples.details(status: "completed", outputs: ["text": .string(text)])
        TaskReport(task: task, address: nil, context: streams.context()).writeResult()
        #expect(streams.output == text + "\n")
    }
}

extension RecordTextTests.Place {
    private var style: Style { Style(hasColours: false) }

    /// A trace of one turn.
    private func trace(
        _ turn: JSONObject, step: String = "write", between: [JSON] = [], showsRequests: Bool = false
    ) -> [String] {
        var turn = turn
        turn["number"] = 1
        let trace: JSON = [
            "task": 7, "step": .string(step), "run": 1, "turns": [.object(turn)], "between": .array(between),
        ]
        return TraceText(style: style, width: 200, showsRequests: showsRequests).lines(trace)
    }

    /// A trace of one tool call.
    private func call(_ call: JSONObject) -> [String] { trace(["tool_calls": [.object(call)]]) }

    private func tree(_ change: (inout TaskProgress) -> Void) throws -> [String] {
        var progress = TaskProgress(before: try Samples.details())
        change(&progress)
        return ProgressTree(style: style).lines(progress, at: Timestamp(millisecondsSinceEpoch: 0), columns: 120)
    }

    private func event(_ type: String, _ step: String?, _ data: JSON, name: String = "x") throws -> [String] {
        var progress = TaskProgress(before: try Samples.details())
        progress.name = name
        return try Samples.events([(type, step, data)]).map { event in
            progress.apply(event)
            return EventLine.text(event, in: progress)
        }
    }

    /// What a person at a terminal is told of a task at its end.
    private func report(_ task: TaskDetails) -> [String] {
        let streams = Streams()
        let context = streams.context(isTerminal: true, environment: ["NO_COLOR": "1"])
        let report = TaskReport(task: task, address: nil, context: context)
        report.writeResult()
        return [streams.output] + report.fileLines
    }
}
