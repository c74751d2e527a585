internal import Client
internal import Core
internal import Plans

/// Files that are to be saved in the library.
struct SaveCall: Sendable {
    private static let author = OptionSyntax.value("--author", "NAME", "Say who saves it, when it is not you")
    private static let note = OptionSyntax.value("--note", "TEXT", "Say what is new in this version")
    private static let over = OptionSyntax.value(
        "--over", "HASH", "Save only when the latest version has this whole hash")

    static let syntax = [author, note, over, .json, .server, .data, .configuration]

    /// A version that was saved.
    struct Saved: Sendable {
        var name: String
        var hash: String
        var outcome: SavingOutcome
        /// What else is to be known of it; empty for nothing.
        var remark = ""
        /// As the API gave it.
        var json: JSON

        var sentence: String {
            let digits = hash.prefix(8)
            return switch outcome {
            case .new: "Saved \(name), version \(digits)\(remark)."
            case .latestAgain: "Saved \(name) again: version \(digits) is the latest\(remark)."
            case .unchanged: "\(name) is saved already: version \(digits)\(remark)."
            }
        }
    }

    private let paths: [String]
    private let author: String?
    private let note: String?
    private let over: String?
    private let isJSON: Bool
    private let place: PlaceOptions

    init(_ arguments: ParsedArguments, _ syntax: VerbSyntax) throws {
        paths = arguments.operands
        author = arguments[Self.author]
        note = arguments[Self.note]
        over = try arguments[Self.over].map { text in
            guard let hash = ContentHash.written(text) else {
                throw UsageError.error("--over takes the whole hash of a version, 64 hexadecimal digits.", syntax)
            }
            return hash.rawValue
        }
        if over != nil, paths.count > 1 { throw UsageError.error("--over goes with one FILE.", syntax) }
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    /// - Parameters:
    ///   - things: what the list of them is called in JSON: `plans`.
    ///   - read: reads and checks a file.
    func run(
        _ context: CommandContext, listedAs things: String, read: @escaping @Sendable (String) throws -> PlanSource,
        save: @Sendable (SignalboxClient, SavedDocument) async throws -> Saved
    ) async throws -> ExitCode {
        let paths = paths
        // All are read before the first is saved.
        let sources = try await onOwnThread(things) { try paths.map(read) }
        // What is saved first may make the data directory, as what runs first does.
        return try await place.open(context, for: .running).use(context) { host in
            var saved: [JSON] = []
            for source in sources {
                let version = try await save(
                    host.client,
                    SavedDocument(
                        path: source.path, text: source.text, files: source.files, author: author, note: note,
                        over: over))
                saved.append(version.json)
                guard !isJSON else { continue }
                context.output.writeLine(DisplayText.line(version.sentence))
            }
            if isJSON { context.output.writeLine(JSON.object(JSONObject([(things, .array(saved))])).prettyText) }
            return .completed
        }
    }
}
