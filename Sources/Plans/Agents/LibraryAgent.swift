public import Core

/// A version of an agent that plans take from the library: immutable, its address is the hash of its source.
public struct LibraryAgent: Sendable {
    public var name: String
    /// What it is for, in a sentence or two.
    public var summary: String?
    public var definition: AgentDefinition
    /// The text it was read from, and the files it brings along.
    public var source: PlanSource
    /// The address of this version: a hash over the text and the files.
    public var hash: ContentHash
}

/// Reads the documents of agents.
public enum AgentReader: Sendable {
    /// The agent that the text describes.
    /// - Throws: `SignalboxError` with code `invalid_plan`; its diagnostics are all mistakes, in the text's order.
    public static func read(_ source: PlanSource) throws -> LibraryAgent {
        var reader = DocumentReader(source)
        return try reader.libraryAgent()
    }

    /// Paths, relative to the document, of the files it names: those of script models.
    static func referencedFiles(in text: String, path: String) -> [String] {
        guard text.utf8.count <= Limits.planBytesMaximum else { return [] }
        guard let root = YAMLComposer.compose(SourceText(path: path, text: text)).root else { return [] }
        return root.filesOfAgent.filter(PlanNames.isConfinedPath).sorted()
    }
}
