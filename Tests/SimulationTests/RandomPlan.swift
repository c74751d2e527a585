import Core
import Plans
import TestSupport

/// A plan made from a seed, as the text that people would write, with the plans of its children.
struct RandomPlan {
    /// What may happen in it.
    enum Nature {
        /// Where a task completes, it does so with the same outputs whatever the order of events: nothing depends on time.
        case steady
        /// Steps have timeouts and requests expire.
        case hasty
    }

    /// By the name under which a step starts them.
    private(set) var children: [String: RandomPlan] = [:]
    private let nature: Nature
    private let isChild: Bool
    private var random: SeededGenerator
    private var lines: [String] = []
    private var steps = 0
    /// Keeps plans small: every step in a block costs some of it.
    private var allowance: Int

    init(seed: UInt64, nature: Nature, childNamed name: String? = nil) {
        self.nature = nature
        let isChild = name != nil
        self.isChild = isChild
        random = SeededGenerator(seed: seed)
        allowance = isChild ? 3 : 9
        lines = ["name: \(name ?? "p")", "agents: { w: { model: test/m, consent: [s__asked], tools: [{ mcp: s }] } }"]
        var limits: [String] = []
        if chance(20) { limits.append("parallel_steps: \(1 + below(3))") }
        if chance(15) { limits.append("tokens: \(5_000 + below(20_000))") }
        if !limits.isEmpty { lines.append("limits: { \(limits.joined(separator: ", ")) }") }
        if !isChild, chance(10) { lines.append("concurrency: 1") }
        lines.append("steps:")
        let names = block(indent: 1, depth: 0, count: 1 + below(isChild ? 3 : 5), loops: [])
        lines.append("outputs: { last: \"${{ steps.\(names.last ?? "").output }}\" }")
    }

    var text: String { lines.joined(separator: "\n") + "\n" }

    func plan() throws -> Plan { try PlanReader.read(PlanSource(path: "plan.yaml", text: text)) }

    private mutating func below(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }

    private mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

    private mutating func write(_ indent: Int, _ line: String) {
        lines.append(String(repeating: "  ", count: indent) + line)
    }

    /// What a loop lets the expressions inside it know.
    private struct Loop {
        var hasItem: Bool
        var hasPrevious: Bool
    }

    private mutating func block(indent: Int, depth: Int, count: Int, loops: [Loop]) -> [String] {
        var names: [String] = []
        for _ in 0..<max(1, min(count, allowance)) {
            let name = "s\(steps)"
            steps += 1
            allowance -= 1
            write(indent, "\(name):")
            step(name, indent: indent + 1, depth: depth, before: names, loops: loops)
            names.append(name)
        }
        return names
    }

    private mutating func step(_ name: String, indent: Int, depth: Int, before: [String], loops: [Loop]) {
        let needs = before.filter { _ in chance(35) }
        if !needs.isEmpty { write(indent, "needs: [\(needs.joined(separator: ", "))]") }
        if let need = needs.first, chance(20) {
            write(indent, "if: \"steps.\(need).status == 'completed' && steps.\(need).output != 3\"")
        }
        if chance(25) { write(indent, "on_error: continue") }
        let canNest = depth < 3 && allowance > 0
        switch below(100) {
        case ..<28: command(indent, needs, loops)
        case ..<42: write(indent, "set: { v: \(value(needs, loops)) }")
        case ..<52: agent(indent)
        case ..<60: wait(name, indent)
        case ..<68: approval(indent, needs)
        case ..<73 where !isChild: child(name, indent)
        case ..<88 where canNest: loop(indent, depth, needs, loops)
        case 88... where canNest: branch(indent, depth, needs, loops)
        default: command(indent, needs, loops)
        }
    }

    private mutating func value(_ needs: [String], _ loops: [Loop]) -> String {
        var parts = needs.map { "\"${{ steps.\($0).output }}\"" }
        if let loop = loops.last {
            parts.append("\"${{ index }}\"")
            if loop.hasItem { parts.append("\"${{ item }}\"") }
            if loop.hasPrevious, chance(30) { parts.append("\"${{ type(previous) == null_type ? 0 : 1 }}\"") }
        }
        // Where something is null, this fails.
        if let need = needs.first, chance(10) { parts.append("\"${{ size(steps.\(need).output) }}\"") }
        return "[\(parts.joined(separator: ", "))]"
    }

    private mutating func retry(_ indent: Int) {
        guard chance(30) else { return }
        write(indent, "retry: { max: \(1 + below(3)), backoff: \(1 + below(20))s }")
    }

    private mutating func review(_ indent: Int, percent: Int = 8) {
        guard chance(percent) else { return }
        let expiry = nature == .hasty && chance(50) ? "{ expires: 30s, on_expiry: reject }" : "true"
        write(indent, "review: \(expiry)")
    }

    /// Running a loop or branch again makes the outcome depend on what had begun in it when its first step failed.
    private mutating func again(_ indent: Int) {
        guard nature == .hasty else { return }
        retry(indent)
        review(indent, percent: 20)
    }

    private mutating func timeout(_ indent: Int, percent: Int) {
        if nature == .hasty, chance(percent) { write(indent, "timeout: \(2 + below(60))s") }
    }

    private mutating func command(_ indent: Int, _ needs: [String], _ loops: [Loop]) {
        write(indent, "command: [x]")
        write(indent, "stdin: \(value(needs, loops))")
        if chance(60) { write(indent, "repeatable: true") }
        if chance(6) { write(indent, "consent: true") }
        retry(indent)
        review(indent)
    }

    private mutating func agent(_ indent: Int) {
        write(indent, "agent: w")
        write(indent, "prompt: hi")
        if chance(20) { write(indent, "repeatable: false") }
        retry(indent)
        review(indent, percent: 15)
    }

    private mutating func wait(_ name: String, _ indent: Int) {
        switch below(3) {
        case 0: write(indent, "wait: \(1 + below(90))s")
        default: write(indent, "wait: { signal: \(name) }")
        }
        timeout(indent, percent: 30)
    }

    private mutating func approval(_ indent: Int, _ needs: [String]) {
        let proposal = needs.first.map { "\"${{ steps.\($0).output }}\"" } ?? "{ n: 1 }"
        var policy = ""
        if nature == .hasty, chance(50) { policy = ", expires: 20s, on_expiry: \(chance(50) ? "reject" : "approve")" }
        write(indent, "approval: { title: \"May I?\", proposal: \(proposal)\(policy) }")
        timeout(indent, percent: 20)
    }

    private mutating func child(_ name: String, _ indent: Int) {
        write(indent, "task: \(name)")
        children[name] = RandomPlan(seed: random.next(), nature: nature, childNamed: name)
        retry(indent)
        review(indent)
        timeout(indent, percent: 20)
    }

    private mutating func loop(_ indent: Int, _ depth: Int, _ needs: [String], _ loops: [Loop]) {
        var hasItem = false
        switch below(4) {
        case 0: write(indent, "for_each: { times: \(below(4)) }")
        case 1:
            write(indent, "for_each: { while: index < \(below(4)), max_iterations: \(chance(10) ? 1 : 4) }")
        default:
            hasItem = true
            write(indent, "for_each: [\((0..<below(4)).map { "\($0 * 10)" }.joined(separator: ", "))]")
        }
        let isParallel = chance(40)
        if isParallel { write(indent, "concurrency: \(2 + below(2))") }
        if chance(40) { write(indent, "on_item_error: continue") }
        again(indent)
        timeout(indent, percent: 25)
        write(indent, "steps:")
        let inside = loops + [Loop(hasItem: hasItem, hasPrevious: !isParallel)]
        let names = block(indent: indent + 1, depth: depth + 1, count: 1 + below(3), loops: inside)
        if chance(30) {
            write(indent, "output: [\"${{ index }}\", \"${{ steps.\(names[below(names.count)]).output }}\"]")
        }
    }

    private mutating func branch(_ indent: Int, _ depth: Int, _ needs: [String], _ loops: [Loop]) {
        write(indent, "branch:")
        let isChosen = chance(40)
        let conditions = needs.map { "steps.\($0).status == 'completed'" } + ["true", "1 > 2"]
        for name in ["left", "right"].prefix(1 + below(2)) {
            write(indent + 1, "\(name):")
            if !isChosen { write(indent + 2, "when: \(conditions[below(conditions.count)])") }
            write(indent + 2, "steps:")
            _ = block(indent: indent + 3, depth: depth + 1, count: 1 + below(2), loops: loops)
        }
        if chance(50) {
            write(indent, "otherwise:")
            write(indent + 1, "steps:")
            _ = block(indent: indent + 2, depth: depth + 1, count: 1, loops: loops)
        }
        if isChosen {
            write(indent, "choose: { agent: w, prompt: which }")
        }
        again(indent)
        timeout(indent, percent: 25)
    }
}
