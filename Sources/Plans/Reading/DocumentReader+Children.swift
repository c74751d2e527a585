internal import Core

extension DocumentReader {
    /// Reads `task:` and `inputs:` of a step.
    mutating func childTask(_ node: YAMLNode, _ fields: Fields, _ draft: inout StepDraft) -> ChildTaskDefinition {
        let inputs = fields["inputs"].map { childInputs($0) } ?? []
        let values = inputs.map { ($0.name, $0.value) }
        guard let text = string(node, "\"task\"") else { return ChildTaskDefinition(plan: .saved(""), inputs: values) }
        let plan = ChildTaskDefinition.PlanReference(text)
        switch plan {
        case .file(let path):
            planFile(path, at: node.range)
            draft.files.insert(path)
            childUses.append(ChildUse(file: path, range: node.range, inputs: inputs))
        case .saved(let name):
            if !PlanNames.isValid(name) {
                report(
                    "\(quoted(name)) cannot be the name of a plan", at: node.range,
                    hint: "a file beside the plan has a / in its path, or ends in .yaml, .yml or .json; "
                        + PlanNames.rule)
            }
        }
        return ChildTaskDefinition(plan: plan, inputs: values)
    }

    private mutating func childInputs(_ node: YAMLNode) -> [ChildUse.Input] {
        guard !node.isNull else { return [] }
        return namedEntries(node, "\"inputs\"", each: "input").map { entry in
            ChildUse.Input(
                name: entry.name, nameRange: entry.nameRange, value: template(entry.value), node: entry.value)
        }
    }

    /// Checks all files that the plan names, and reads the plans among them, each once.
    mutating func checkFiles(of root: YAMLNode) {
        if let knownChildren {
            checkChildInputs(knownChildren)
            return
        }
        let files = PlanFiles(namedBy: root) { source.files[$0] }
        guard files.paths.count <= Limits.planFilesMaximum else {
            report("a plan can bring \(Limits.planFilesMaximum) files along, not \(files.paths.count)", at: root.range)
            return
        }
        let (rings, order) = files.readingOrder
        for ring in rings {
            let use = childUses.first { files.plan($0.file, leadsTo: ring[0]) }
            report(
                "plans run each other without end: \((ring + ring.prefix(1)).joined(separator: " → "))",
                at: use?.range ?? root.range, hint: "an arrow means \"runs\"; take one of them away")
        }
        var children: [String: Plan] = [:]
        for file in order {
            guard let child = files.child(file, of: source) else { continue }
            hashes.files[file] = child.hash.rawValue
            children[file] = childPlan(child, file, known: children)
        }
        checkChildInputs(children)
    }

    /// The plan in a file, without mistakes; those that it has are adopted.
    private mutating func childPlan(_ child: PlanSource, _ file: String, known: [String: Plan]) -> Plan? {
        let directory = PlanFiles.directory(of: file)
        let problems = Self.below(directory, fileProblems)
        var reader = DocumentReader(
            child, fileProblems: problems, directory: self.directory + directory,
            knownChildren: Self.below(directory, known), isStored: isStored)
        reader.hashes.files = Self.below(directory, hashes.files)
        do {
            let plan = try reader.plan()
            missingAgents.formUnion(plan.missingAgents)
            return plan
        } catch let error as SignalboxError {
            adopt(error.diagnostics)
        } catch {
            preconditionFailure("Reading a plan throws errors of ours.")
        }
        return nil
    }

    private static func below<Content>(_ directory: String, _ contents: [String: Content]) -> [String: Content] {
        guard !directory.isEmpty else { return contents }
        return Dictionary(
            contents.filter { $0.key.hasPrefix(directory) }.map {
                (String($0.key.dropFirst(directory.count)), $0.value)
            },
            uniquingKeysWith: { first, _ in first })
    }

    /// Compares what steps give to the plans they run from files with what these take.
    private mutating func checkChildInputs(_ plans: [String: Plan]) {
        guard !isStored else { return }
        for use in childUses {
            guard let plan = plans[use.file] else { continue }
            for input in use.inputs { check(input, of: plan) }
            for input in plan.inputs where input.isRequired && !use.inputs.contains(where: { $0.name == input.name }) {
                report(
                    "the plan \"\(plan.name)\" needs the input \"\(input.name)\"", at: use.range,
                    hint: "add it below inputs: of the step")
            }
        }
    }

    private mutating func check(_ given: ChildUse.Input, of plan: Plan) {
        guard let input = plan.inputs.first(where: { $0.name == given.name }) else {
            let names = plan.inputs.map(\.name)
            report(
                "the plan \"\(plan.name)\" has no input \"\(given.name)\"", at: given.nameRange,
                hint: Suggestion.hint(for: given.name, among: names, called: "its inputs are") ?? "it takes none")
            return
        }
        let what = "the input \"\(input.name)\" of the plan \"\(plan.name)\""
        if let value = given.value.literalValue {
            let isLeftOut = value.isNull && !input.isRequired
            guard !isLeftOut else { return }
            guard let value = input.type.converted(value) else {
                reportType(given.node, what, mustBe: input.type.phrase)
                return
            }
            for violation in violations(of: value, input) {
                report(violation.diagnostic(), in: given.node)
            }
        } else {
            checkType(of: given.value, what, mustBe: input.type.phrase, in: given.node) { type in
                input.type == .any || type == input.type || (input.type == .number && type == .integer)
                    || (input.type == .integer && type == .number)
            }
        }
    }

    private func violations(of value: JSON, _ input: InputDefinition) -> [SchemaViolation] {
        guard let schema = input.schema else { return [] }
        do {
            return try JSONSchema(schema).validate(value)
        } catch {
            preconditionFailure("The schema of a checked plan has been compiled before.")
        }
    }
}
