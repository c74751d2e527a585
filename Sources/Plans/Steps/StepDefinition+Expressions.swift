public import CEL

extension StepDefinition {
    /// The expressions that say whether, on what and how the step runs; neither those of the steps inside it, nor those of
    /// what its blocks hand over, nor those by which people are asked.
    public var ownExpressions: [Expression] {
        (condition.map { [$0] } ?? []) + kind.ownExpressions
    }

    /// The secrets that it hands to the world outside, sorted.
    public var secretNames: [String] {
        let lookups = kind.ownExpressions.compactMap(\.lookup).filter { $0.count == 2 && $0[0] == "secrets" }
        return Set(lookups.map { $0[1] }).sorted()
    }
}

extension StepBlock {
    /// The expressions of what the block hands over.
    public var outputExpressions: [Expression] { output?.expressions ?? [] }
}

extension StepKind {
    fileprivate var ownExpressions: [Expression] {
        switch self {
        case .set(let value): value.expressions
        case .command(let command):
            command.arguments.flatMap(\.expressions) + (command.stdin?.expressions ?? [])
                + command.environment.flatMap(\.value.expressions)
        case .http(let request):
            request.url.expressions + request.headers.flatMap(\.value.expressions) + (request.body?.expressions ?? [])
        case .agent(let call): call.prompt.expressions
        case .tool(let call): call.arguments.expressions
        case .forEach(let loop): loop.source.expressions
        case .branch(let branch):
            branch.paths.compactMap(\.condition) + (branch.chooser?.prompt.expressions ?? [])
        case .task(let child): child.inputs.flatMap(\.value.expressions)
        case .wait(let wait): wait.expressions
        case .approval(let approval): approval.title.expressions + (approval.proposal?.expressions ?? [])
        }
    }
}

extension LoopDefinition.Source {
    fileprivate var expressions: [Expression] {
        switch self {
        case .list(let template), .times(let template): template.expressions
        case .condition(let condition, _): [condition]
        }
    }
}

extension WaitDefinition {
    fileprivate var expressions: [Expression] {
        switch self {
        case .duration(let template), .until(let template): template.expressions
        case .signal(_, let key): key?.expressions ?? []
        }
    }
}
