public import Core

/// A value of a YAML document that is no plan, such as settings, together with its place: for readers that report their
/// own mistakes as precisely as those of plans are.
public struct PositionedValue: Sendable {
    /// The value without places.
    public let json: JSON
    public let place: Place
    /// Where it stands, in Unicode scalars of the text without a byte order mark.
    public let range: Range<Int>
    /// The entries, if this is a mapping.
    public let entries: [Entry]?
    /// The elements, if this is a list.
    public let elements: [PositionedValue]?

    /// A name and its value.
    public struct Entry: Sendable {
        public let name: String
        /// Where the name stands.
        public let place: Place
        /// Where the name stands, in Unicode scalars as `range` counts them.
        public let nameRange: Range<Int>
        public let value: PositionedValue
    }

    /// Reads a document; nil when it is empty.
    /// - Throws: `SignalboxError` with code `invalid_configuration`; its diagnostics are all mistakes of the syntax.
    public static func read(text: String, path: String) throws -> PositionedValue? {
        let source = SourceText(path: path, text: text)
        let (root, diagnostics) = YAMLComposer.compose(source)
        guard diagnostics.isEmpty else {
            throw SignalboxError(.configuration, "\(path) is not valid YAML", diagnostics: diagnostics)
        }
        return root.map { PositionedValue($0, in: source) }
    }

    private init(_ node: YAMLNode, in source: SourceText) {
        json = node.json
        place = source.place(at: node.range.lowerBound)
        range = node.range
        entries = node.entries?.map { entry in
            Entry(
                name: entry.name, place: source.place(at: entry.nameRange.lowerBound),
                nameRange: entry.nameRange, value: PositionedValue(entry.value, in: source))
        }
        elements = node.elements?.map { PositionedValue($0, in: source) }
    }
}
