/// Keeps what sub-expressions gave: the last outcome of each, and how often it was evaluated.
struct Recorder {
    struct Entry {
        var node: Node
        var outcome: Result<Value, EvaluationError>
        var evaluationCount: Int
    }

    private(set) var entries: [ObjectIdentifier: Entry] = [:]

    mutating func record(_ node: Node, _ outcome: Result<Value, EvaluationError>) {
        // What a literal gives can be read in it.
        if case .constant = node.kind { return }
        entries[ObjectIdentifier(node), default: Entry(node: node, outcome: outcome, evaluationCount: 0)]
            .outcome = outcome
        entries[ObjectIdentifier(node)]?.evaluationCount += 1
    }
}
