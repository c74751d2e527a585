internal import Client
internal import Core

/// Something of the library whose versions are to be listed.
struct VersionsCall: Sendable {
    static let syntax: [OptionSyntax] = [.json, .server, .data, .configuration]

    static let savingsNote =
        "A version that was saved several times has a line below it for each earlier time, without its digits."

    /// A version as the list shows it.
    struct Row: Sendable {
        var hash: String
        var saved: Timestamp
        var author: String?
        var note: String?
        /// Why it is the one that runs; empty for the others, nil where versions have no such word.
        var use: String?
        var isArchived: Bool
        /// Each time that it was saved, the last one first.
        var savings: [SavedTime]
        /// As the API gave it.
        var json: JSON
    }

    private let name: String
    private let isJSON: Bool
    private let place: PlaceOptions

    init(_ arguments: ParsedArguments) {
        name = arguments.operands[0]
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    /// - Parameters:
    ///   - consequence: what it means that it is archived.
    ///   - versions: asks for all of them, the latest first.
    func run(
        _ context: CommandContext, archived consequence: String,
        versions: @Sendable (SignalboxClient, _ name: String) async throws -> [Row]
    ) async throws -> ExitCode {
        try await place.open(context, for: .looking).use(context) { host in
            let versions = try await versions(host.client, name)
            if isJSON {
                context.output.writeLine(JSON.object(["versions": .array(versions.map(\.json))]).prettyText)
                return .completed
            }
            if versions.first?.isArchived == true {
                context.output.writeLine(DisplayText.line("\(name) is archived: \(consequence)."))
            }
            let hasUses = versions.contains { $0.use != nil }
            var table = Table(
                columns: [Table.Column(title: "Version"), Table.Column(title: "Saved")]
                    + (hasUses ? [Table.Column(title: "Runs")] : [])
                    + [Table.Column(title: "Author"), Table.Column(title: "Note", isFlexible: true)])
            table.rows = versions.flatMap { version in
                let first = [String(version.hash.prefix(8)), Quantity.dayAndTime(version.saved)]
                // Who saved it last, which need not be whose words the version has.
                let words = version.savings.first.map { [$0.author, $0.note] } ?? [version.author, version.note]
                let last = words.map { DisplayText.line($0 ?? "") }
                let earlier = version.savings.dropFirst().map { saving in
                    ["", Quantity.dayAndTime(saving.saved)] + (hasUses ? [""] : [])
                        + [DisplayText.line(saving.author ?? ""), DisplayText.line(saving.note ?? "")]
                }
                return [first + (hasUses ? [version.use ?? ""] : []) + last] + earlier
            }
            context.write(table)
            return .completed
        }
    }
}
