internal import Core
internal import Plans

extension FuzzTarget {
    /// Plans: what they are, which files they name, and as a plain document with places.
    static let plan = FuzzTarget("plan") { bytes in
        let source = PlanSource(path: "plan.yaml", text: Input.text(bytes))
        _ = try unlessRefused { try PlanReader.read(source) }
        for path in PlanReader.referencedFiles(in: source.text, path: source.path) {
            let parts = path.split(separator: "/", omittingEmptySubsequences: false)
            try require(!parts.contains("..") && parts.first != "", "a file that is not beside the plan: \(path)")
        }
        _ = try unlessRefused { try PositionedValue.read(text: source.text, path: source.path) }
    }

    /// Files that script models answer from.
    static let script = FuzzTarget("script") { bytes in
        _ = try unlessRefused { try ScriptReader.read(text: Input.text(bytes), path: "script.yaml") }
    }

    /// Documents of agents for the library.
    static let agent = FuzzTarget("agent") { bytes in
        _ = try unlessRefused { try AgentReader.read(PlanSource(path: "agent.yaml", text: Input.text(bytes))) }
    }
}
