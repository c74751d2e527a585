internal import CEL
internal import Core

/// One reading of a document: the tree, and the mistakes found so far. After a mistake the reading goes on, so that an
/// author sees all of them at once; aspects of the language stand in extensions.
struct DocumentReader {
    let source: PlanSource
    let text: SourceText
    /// Whether a task runs it already: then it was accepted by the version that stored it, and what a later one finds wrong
    /// with it must not lock the task out. Only what cannot be read at all is a mistake.
    let isStored: Bool
    /// Nil when the text is not YAML at all.
    let root: YAMLNode?
    /// Why a file that the plan names could not be read, by path.
    let fileProblems: [String: String]
    private var diagnostics: [Diagnostic]
    /// Mistakes in files that the document names.
    private var adopted: [Diagnostic] = []
    /// Expressions in the order they were met; whoever reads a part of the document takes its own.
    private(set) var uses: [ExpressionUse] = []
    /// What the expressions that are read now are for.
    var purpose = ExpressionUse.Purpose.value
    /// The types of the plan's inputs, once they are known.
    var inputTypes: [String: InputType] = [:]
    /// How many blocks are around the steps that are read now.
    var blockDepth = 0
    /// Tasks that the steps read so far start from files.
    var childUses: [ChildUse] = []
    /// Agents of the library that the document and the plans among its files name and that did not come along.
    var missingAgents: Set<LibraryReference> = []
    /// The plans that the document runs from files: read already when it is one of these itself, else read with it.
    let knownChildren: [String: Plan]?
    /// The directory in which the document stands, when it is a file of another plan: what comes before the paths that
    /// it names.
    let directory: String
    /// Scripts whose mistakes have been adopted.
    var checkedScripts: Set<String> = []
    /// Hashes that fingerprints of steps need again and again.
    var hashes = FingerprintHashes()

    /// - Parameters:
    ///   - fileProblems: why a file that the plan names could not be read, by path.
    ///   - directory: where it stands, with a slash at the end, when it is a file of another plan.
    ///   - knownChildren: when it is a file of another plan, the plans among its files that have no mistakes.
    ///   - isStored: whether a task runs it already.
    init(
        _ source: PlanSource, fileProblems: [String: String] = [:], directory: String = "",
        knownChildren: [String: Plan]? = nil, isStored: Bool = false
    ) {
        self.source = source
        self.isStored = isStored
        self.fileProblems = fileProblems
        self.directory = directory
        self.knownChildren = knownChildren
        guard source.text.utf8.count <= Limits.planBytesMaximum else {
            text = SourceText(path: source.path, text: "")
            root = nil
            diagnostics = [
                Diagnostic(
                    "the document is larger than \(Limits.planBytesMaximum) bytes", at: text.place(at: 0),
                    hint: "move data into files beside the plan or into inputs")
            ]
            return
        }
        text = SourceText(path: source.path, text: source.text)
        (root, diagnostics) = YAMLComposer.compose(text)
        if root == nil, diagnostics.isEmpty {
            diagnostics.append(Diagnostic("the document is empty", at: text.place(at: 0)))
        }
    }

    /// Throws all that was reported, sorted by place.
    func throwMistakes() throws {
        guard !diagnostics.isEmpty || !adopted.isEmpty else { return }
        let sorted = diagnostics.enumerated().sorted {
            let (left, right) = ($0.element.place.lineAndColumn, $1.element.place.lineAndColumn)
            return (left.line, left.column, $0.offset) < (right.line, right.column, $1.offset)
        }
        let shown = (sorted.map(\.element) + adopted).prefix(Limits.planDiagnosticsMaximum)
        let count = shown.count == 1 ? "a mistake" : "\(shown.count) mistakes"
        let more = isFull ? " or more" : ""
        throw SignalboxError(.invalidPlan, "\(source.path) has \(count)\(more)", diagnostics: Array(shown))
    }

    /// Records a mistake at the start of a stretch of the text.
    mutating func report(_ message: String, at range: Range<Int>, hint: String? = nil) {
        report(message, atIndex: range.lowerBound, hint: hint)
    }

    /// Records a mistake at a character of the text.
    mutating func report(_ message: String, atIndex index: Int, hint: String? = nil) {
        guard !isFull else { return }
        diagnostics.append(Diagnostic(message, at: text.place(at: index), hint: hint))
    }

    /// Records the mistakes of a file that the document names; they stand behind its own.
    mutating func adopt(_ found: [Diagnostic]) {
        adopted += found
    }

    /// Whether as many mistakes were found as are told. To find the place of a mistake can take as long as the text is,
    /// so a text full of them is not searched to its end.
    var isFull: Bool { diagnostics.count >= Limits.planDiagnosticsMaximum }

    /// Records an expression, so that what it refers to is checked when all names are known.
    mutating func note(_ expression: Expression, at offset: Int, in node: YAMLNode) {
        uses.append(ExpressionUse(expression: expression, node: node, offset: offset, purpose: purpose))
    }

    /// The expressions met since the last call.
    mutating func takeUses() -> [ExpressionUse] {
        defer { uses = [] }
        return uses
    }
}

/// An expression and where it is written.
struct ExpressionUse {
    var expression: Expression
    /// The scalar in which it stands.
    var node: YAMLNode
    /// Where in the scalar's text it begins, in Unicode scalars.
    var offset: Int
    var purpose: Purpose

    /// What an expression is for, as far as it decides what it can refer to.
    enum Purpose {
        case value
        /// What a command or http step hands to the world outside: it may be a secret.
        case call
        /// Whether a person must agree: it knows what the step is about to do.
        case consent
        /// Whether a person must agree to a tool call of an agent: it knows the call, and nothing of the steps.
        case toolConsent(CallKnowledge)
        /// Whether there is a further iteration: it knows some names of the loop it belongs to.
        case loopCondition(LoopNames)
    }
}

extension SourceText {
    /// Index in the document of a line and column of an expression.
    func index(ofLine line: Int, column: Int, in use: ExpressionUse) -> Int {
        index(ofLine: line, column: column, of: use.expression.source, at: use.offset, in: use.node)
    }

    /// Index in the document of a line and column (counted from 1) of an expression that stands in a scalar's text.
    func index(ofLine line: Int, column: Int, of source: String, at offset: Int, in node: YAMLNode) -> Int {
        var position = 0
        var currentLine = 1
        for scalar in source.unicodeScalars {
            if currentLine == line { break }
            if scalar == "\n" { currentLine += 1 }
            position += 1
        }
        return index(ofCharacter: offset + position + max(0, column - 1), in: node)
    }
}

extension Place {
    fileprivate var lineAndColumn: (line: Int, column: Int) {
        guard case .source(_, let line, let column) = self else { return (0, 0) }
        return (line, column)
    }
}
