internal import Client
internal import Core
internal import Plans
internal import Runtime

/// Two plans or agents, or two versions of one, that are to be compared.
struct DiffCall: Sendable {
    static let syntax: [OptionSyntax] = [.json, .server, .data, .configuration]

    let references: [String]
    private let isJSON: Bool
    private let place: PlaceOptions

    /// - Parameter thing: what is compared: `plan`.
    init(_ arguments: ParsedArguments, _ thing: String, _ syntax: VerbSyntax) throws {
        references = arguments.operands
        guard (1...2).contains(references.count) else {
            throw UsageError.error("Name one saved \(thing), or two \(thing)s.", syntax)
        }
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    /// A version of something saved: `NAME@VERSION`.
    struct Version: Sendable {
        var name: String
        var version: String

        /// Nil for any other reference. A name may be that of a file, too: then the file is meant.
        init?(_ reference: String) {
            let parts = reference.split(separator: "@", maxSplits: 1).map(String.init)
            guard parts.count == 2, PlanName.isValid(parts[0]), !FileSystem.exists(reference) else { return nil }
            (name, version) = (parts[0], parts[1])
        }
    }

    /// - Parameters:
    ///   - saved: compares two versions of something saved; nil for those that are meant when only a name is said.
    ///   - source: looks for what else may be named.
    func run(
        _ context: CommandContext,
        saved: @Sendable (SignalboxClient, _ name: String, _ from: String?, _ to: String?) async throws -> JSON,
        source: @Sendable (SignalboxClient, _ reference: String) async throws -> PlanSource
    ) async throws -> ExitCode {
        try await place.open(context, for: .looking).use(context) { host in
            let comparison: JSON
            if references.count == 1 {
                comparison = try await saved(host.client, references[0], nil, nil)
            } else if let before = Version(references[0]), let after = Version(references[1]),
                before.name == after.name
            {
                comparison = try await saved(host.client, before.name, before.version, after.version)
            } else {
                let before = try await source(host.client, references[0])
                let after = try await source(host.client, references[1])
                comparison = [
                    "from": ["path": .string(before.path), "hash": .string(before.hash.rawValue)],
                    "to": ["path": .string(after.path), "hash": .string(after.hash.rawValue)],
                    "text": Runtime.difference(before, after).map(JSON.string) ?? nil,
                ]
            }
            if isJSON {
                context.output.writeLine(comparison.prettyText)
            } else if let text = comparison["text"]?.stringValue {
                // A program, or a file, gets it as it is.
                context.output.write(context.output.isTerminal ? DisplayText.paragraphs(text) : text)
            } else {
                context.output.writeLine("They are the same.")
            }
            return .completed
        }
    }
}
