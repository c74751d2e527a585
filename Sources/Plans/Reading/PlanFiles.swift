internal import Core

/// The files that a plan names, and those that the plans among them name in turn.
struct PlanFiles {
    /// All of them, relative to the plan. When there are more than a plan may have, the search stops.
    private(set) var paths: Set<String> = []
    /// The plans that each plan runs, by path relative to the first, which is the empty path itself.
    private(set) var children: [String: [String]] = [:]
    /// The files that each plan names itself, in the same way.
    private var named: [String: Set<String>] = [:]

    /// - Parameter contents: gives the text of a plan among the files, nil if it cannot be read.
    init(namedBy root: YAMLNode, contents: (String) -> String?) {
        var open = [("", root)]
        while let (plan, node) = open.popLast(), paths.count <= Limits.planFilesMaximum {
            let base = Self.directory(of: plan)
            let found = node.namedFiles
            let all = Set(found.all.map { base + $0 }.filter(PlanNames.isConfinedPath))
            paths.formUnion(all)
            named[plan] = all
            let plans = found.plans.map { base + $0 }.filter(PlanNames.isConfinedPath).sorted()
            children[plan] = plans
            for child in plans where children[child] == nil {
                children[child] = []
                guard let text = contents(child), text.utf8.count <= Limits.planBytesMaximum,
                    let root = YAMLComposer.compose(SourceText(path: child, text: text)).root
                else { continue }
                open.append((child, root))
            }
        }
    }

    /// The part of a path before the file's name, with the slash at its end.
    static func directory(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }

    /// Plans that run each other, each ring once; and all others in an order in which each stands behind those it runs.
    /// The first plan is left out.
    var readingOrder: (rings: [[String]], order: [String]) {
        let plans = children.keys.filter { !$0.isEmpty }.sorted()
        let places = Dictionary(plans.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let needs = plans.map { plan in (children[plan] ?? []).compactMap { places[$0] }.sorted() }
        let rings = StepGraph.cycles(needs).map { $0.map { plans[$0] } }
        guard rings.isEmpty else { return (rings, []) }
        var order: [String] = []
        var isDone = [Bool](repeating: false, count: plans.count)
        func visit(_ place: Int) {
            guard !isDone[place] else { return }
            isDone[place] = true
            for need in needs[place] { visit(need) }
            order.append(plans[place])
        }
        for place in plans.indices { visit(place) }
        return ([], order)
    }

    /// A plan among the files, with those of them that it and the plans that it runs name.
    func child(_ file: String, of source: PlanSource) -> PlanSource? {
        guard let text = source.files[file] else { return nil }
        let base = Self.directory(of: file)
        var child = PlanSource(path: Self.directory(of: source.path) + file, text: text, files: source.libraryFiles)
        var seen: Set<String> = [file]
        var open = [file]
        while let plan = open.popLast() {
            for path in named[plan] ?? [] { child.files[String(path.dropFirst(base.count))] = source.files[path] }
            for next in children[plan] ?? [] where seen.insert(next).inserted { open.append(next) }
        }
        return child
    }

    /// Whether one plan runs another, itself or through others.
    func plan(_ start: String, leadsTo goal: String) -> Bool {
        var seen: Set<String> = [start]
        var open = [start]
        while let plan = open.popLast() {
            if plan == goal { return true }
            for child in children[plan] ?? [] where seen.insert(child).inserted { open.append(child) }
        }
        return false
    }
}

extension PlanSource {
    /// A plan among the files that this one brings along, with those of them that it names itself; nil if there is no
    /// such file.
    public func child(file: String) -> PlanSource? {
        guard let text = files[file], text.utf8.count <= Limits.planBytesMaximum else { return nil }
        let base = PlanFiles.directory(of: file)
        var child = PlanSource(path: PlanFiles.directory(of: path) + file, text: text, files: libraryFiles)
        let named = PlanReader.referencedFiles(in: text, path: file) { files[base + $0] }
        for path in named { child.files[path] = files[base + path] }
        return child
    }
}

extension ChildTaskDefinition.PlanReference {
    /// What a text in `task:` means: a file when it has a slash or the ending of one, else the name of a saved plan.
    init(_ text: String) {
        let isFile = text.contains("/") || [".yaml", ".yml", ".json"].contains(where: text.hasSuffix)
        self = isFile ? .file(text) : .saved(text)
    }
}

extension YAMLNode {
    /// The steps below `steps` of a plan or a block, right or wrong, each before those inside it.
    func forEachStep(_ body: (Entry) -> Void) {
        for step in self["steps"]?.entries ?? [] {
            body(step)
            for block in step.value.blocks { block.forEachStep(body) }
        }
    }

    /// The nodes of a step that have steps of their own.
    private var blocks: [YAMLNode] {
        var blocks: [YAMLNode] = []
        if self["for_each"] != nil { blocks.append(self) }
        if let paths = self["branch"]?.entries {
            blocks += paths.map(\.value)
            if let otherwise = self["otherwise"] { blocks.append(otherwise) }
        }
        return blocks
    }

    /// The paths that an agent names, right or wrong.
    var filesOfAgent: Set<String> {
        var files: Set<String> = []
        for model in [self["model"], self["loop"]?["model"]] {
            if let text = model?.scalar?.text, let script = ScriptModel.path(of: text) { files.insert(script) }
        }
        for tool in self["tools"]?.elements ?? [] {
            for file in tool["command"]?["files"]?.elements ?? [] {
                if let file = file.scalar { files.insert(file.text) }
            }
        }
        return files
    }

    /// The paths that a plan names, right or wrong; and which of them are plans.
    fileprivate var namedFiles: (all: Set<String>, plans: Set<String>) {
        var all: Set<String> = []
        var plans: Set<String> = []
        for agent in self["agents"]?.entries ?? [] { all.formUnion(agent.value.filesOfAgent) }
        forEachStep { step in
            for file in step.value["files"]?.elements ?? [] {
                if let file = file.scalar { all.insert(file.text) }
            }
            if let text = step.value["task"]?.scalar?.text,
                case .file(let path) = ChildTaskDefinition.PlanReference(text)
            {
                plans.insert(path)
            }
        }
        return (all.union(plans), plans)
    }
}
