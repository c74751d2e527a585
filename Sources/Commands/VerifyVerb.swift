internal import Core
internal import Exports

/// `signalbox verify FILE`
struct VerifyVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["verify"], summary: "Check that an export of a task is as it was written", operands: .one("FILE"),
        options: [.json],
        notes: [
            "With - for FILE it reads the export from stdin.",
            "It ends with 0 when the export is whole, with 1 when something is wrong, with 2 when it is no export.",
            "Whoever changes an export can also make its hashes anew: compare the last hash with one kept elsewhere.",
        ],
        examples: [VerbExample(["monday.html"], "Check an export")])

    let file: String
    let isJSON: Bool

    init(_ arguments: ParsedArguments) throws {
        file = arguments.operands[0]
        isJSON = arguments.has(.json)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        let file = file
        let report = try await onOwnThread("verify") {
            let maximum = ExportFormat.bytesMaximum
            guard file == "-" else {
                return try ExportVerifier.verify(FileSystem.read(file, maximum: maximum), called: file)
            }
            return try ExportVerifier.verify(StandardInput.read(maximum: maximum), called: "stdin")
        }
        if isJSON {
            context.output.writeLine(report.json.prettyText)
        } else {
            for line in report.lines { context.output.writeLine(line) }
        }
        return report.isWhole ? .completed : .failed
    }
}

extension ExportReport {
    /// For programs.
    fileprivate var json: JSON {
        var object: JSONObject = [
            "whole": .bool(isWhole), "format": .string(form.rawValue), "records": .int(Int64(records)),
            "hash": .string(hash), "task": head?["task"] ?? .null, "exported_at": head?["exported_at"] ?? .null,
            "signalbox": head?["signalbox"] ?? .null,
        ]
        if let fault {
            var members: JSONObject = ["problem": .string(fault.problem.rawValue)]
            if let record = fault.record {
                members["sequence"] = .int(Int64(record.sequence))
                if !record.kind.isEmpty { members["kind"] = .string(record.kind) }
            }
            members["message"] = .string(fault.sentence)
            object["fault"] = .object(members)
        }
        return .object(object)
    }

    /// For people.
    fileprivate var lines: [String] {
        var lines: [String] = []
        if let head, let number = head["task"]?["number"]?.intValue {
            let name = head["task"]?["name"]?.stringValue ?? ""
            let version = head["signalbox"]?.stringValue ?? ""
            let moment = head["exported_at"]?.stringValue ?? ""
            lines.append(DisplayText.line("Task #\(number) \(name), exported by Signalbox \(version) at \(moment)"))
        }
        if let fault {
            lines.append(DisplayText.line("Broken: \(fault.sentence)"))
            lines.append("Whole before that: \(Quantity.count(Int64(records), "record"))")
        } else {
            lines.append("Whole: \(Quantity.count(Int64(records), "record")), last hash \(hash)")
        }
        return lines
    }
}
