public import Core

/// An agent of the library, as a plan names it: `clerk`, or `clerk@HASH` for one of its versions.
public struct LibraryReference: Sendable, Hashable {
    public var name: String
    /// Nil for the latest when the task is made.
    public var version: ContentHash?

    public init(name: String, version: ContentHash? = nil) {
        self.name = name
        self.version = version
    }

    /// Reads the text of `library:`; nil when it names no agent.
    public init?(_ text: String) {
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard PlanNames.isValid(parts[0]) else { return nil }
        name = parts[0]
        guard parts.count == 2 else { return }
        guard let hash = ContentHash(rawValue: parts[1]) else { return nil }
        version = hash
    }

    /// As a plan writes it.
    public var text: String { version.map { "\(name)@\($0.rawValue)" } ?? name }

    /// What the files of every agent of the library begin with among those of a plan. No file beside a plan gets there: the
    /// mark is refused in what a plan names.
    static let mark = "library:"

    /// Where the agent's files stand among those of a plan that uses it.
    var directory: String { "\(Self.mark)\(text)/" }

    /// Where its document stands.
    var document: String { directory + "agent.yaml" }
}

extension PlanSource {
    /// The agent that the plan brings along; nil while the library has not been asked.
    func agent(_ reference: LibraryReference) -> PlanSource? {
        guard let text = files[reference.document] else { return nil }
        var agent = PlanSource(path: reference.document, text: text)
        for (path, contents) in files where path.hasPrefix(reference.directory) && path != reference.document {
            agent.files[String(path.dropFirst(reference.directory.count))] = contents
        }
        return agent
    }

    /// The same plan with an agent of the library, so that whoever runs it needs no library.
    public func bringing(_ agent: PlanSource, for reference: LibraryReference) -> PlanSource {
        var source = self
        source.files[reference.document] = agent.text
        for (path, contents) in agent.files { source.files[reference.directory + path] = contents }
        return source
    }

    /// The files of agents of the library.
    var libraryFiles: [String: String] { files.filter { $0.key.hasPrefix(LibraryReference.mark) } }
}
