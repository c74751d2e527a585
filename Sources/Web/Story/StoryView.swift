public import Core

/// What happened to a task in a few plain sentences, made from its record.
public struct StoryView: Sendable, Hashable {
    public var sentences: [StorySentence]

    public init(_ sentences: [StorySentence]) {
        self.sentences = sentences
    }

    /// The same as plain text, a sentence behind the other.
    public var text: String { sentences.map(\.text).joined(separator: " ") }
}

/// One sentence, with what in it can be followed.
public struct StorySentence: Sendable, Hashable {
    public var pieces: [Piece]

    /// What a sentence is made of.
    public enum Piece: Sendable, Hashable {
        case words(String)
        /// What somebody else has written.
        case quote(String)
        /// Somebody's name.
        case name(String)
        case step(StepPath)
        case task(TaskNumber)
    }

    public init(_ pieces: [Piece]) {
        self.pieces = pieces
    }

    /// The sentence without links.
    public var text: String {
        pieces.map { piece in
            switch piece {
            case .words(let text): text
            case .quote(let text): "“\(text)”"
            case .name(let text): text
            case .step(let path): "“\(path.rawValue)”"
            case .task(let number): "task \(number)"
            }
        }.joined()
    }
}

extension StorySentence: ExpressibleByStringInterpolation {
    public init(stringLiteral value: String) {
        self.init([.words(value)])
    }

    public init(stringInterpolation: StringInterpolation) {
        self.init(stringInterpolation.pieces)
    }

    /// Collects the pieces of one literal: strings are our own words, what others wrote is a quote.
    public struct StringInterpolation: StringInterpolationProtocol, Sendable {
        fileprivate var pieces: [Piece] = []

        public init(literalCapacity: Int, interpolationCount: Int) {}

        public mutating func appendLiteral(_ literal: String) {
            if !literal.isEmpty { pieces.append(.words(literal)) }
        }

        public mutating func appendInterpolation(_ words: String) { appendLiteral(words) }
        public mutating func appendInterpolation(_ step: StepPath) { pieces.append(.step(step)) }
        public mutating func appendInterpolation(_ task: TaskNumber) { pieces.append(.task(task)) }
        public mutating func appendInterpolation(quote text: String) { pieces.append(.quote(text)) }
        public mutating func appendInterpolation(name text: String) { pieces.append(.name(text)) }
        public mutating func appendInterpolation(_ pieces: [Piece]) { self.pieces += pieces }
    }
}
