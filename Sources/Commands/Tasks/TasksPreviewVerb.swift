internal import Client
internal import Core

/// `signalbox tasks preview NUMBER`
struct TasksPreviewVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["tasks", "preview"], summary: "Say what a restart would run again", operands: .one("NUMBER"),
        options: RestartOptions.syntax + [.json, .server, .data, .configuration],
        notes: ["Nothing is started and nothing is stored."],
        examples: [VerbExample(["1", "--input", "name=Eve"], "Say what another input would run again")])

    let reference: String
    let options: RestartOptions
    let isJSON: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        reference = arguments.operands[0]
        options = try RestartOptions(arguments)
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await place.open(context, for: .looking).use(context) { host in
            let original = try await host.client.task(reference).summary
            let request = try await options.request(for: original, host.client, context)
            let preview = try await host.client.preview(reference, request)
            if isJSON {
                context.output.writeLine(preview.json.prettyText)
            } else {
                for line in Self.lines(preview) { context.output.writeLine(line) }
            }
            return .completed
        }
    }

    /// Steps that are listed of each kind.
    private static let listed = 100

    static func lines(_ preview: TaskPreview) -> [String] {
        var lines = ["Taken over: \(Quantity.count(Int64(preview.reusedTotal), "result"))"]
        lines += preview.reused.prefix(listed).map { step in
            "  \(DisplayText.line(step.path))" + (step.isEdited ? " (changed output)" : "")
        }
        if preview.reusedTotal > listed { lines.append("  and \(preview.reusedTotal - listed) more") }
        lines.append("Runs again: \(Quantity.count(Int64(preview.againTotal), "step"))")
        lines += preview.again.prefix(listed).map { step in
            DisplayText.line("\(step.path): \(step.reason ?? "")").indented
        }
        if preview.againTotal > listed { lines.append("  and \(preview.againTotal - listed) more") }
        let time = Quantity.duration(milliseconds: preview.savedMilliseconds)
        lines.append("Saves \(time) and \(preview.savedCost) USD.")
        if !preview.droppedInputs.isEmpty {
            let names = preview.droppedInputs.joined(separator: ", ")
            lines.append("The plan does not take these inputs any more: \(DisplayText.line(names))")
        }
        if let difference = preview.planDifference {
            lines.append("The plan is another one:")
            lines += DisplayText.paragraphs(difference).split(separator: "\n", omittingEmptySubsequences: false)
                .dropLast().map(String.init)
        }
        return lines
    }
}

extension String {
    fileprivate var indented: String { "  " + self }
}
