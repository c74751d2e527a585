internal import Core
internal import Engine
internal import Plans
internal import Store

/// Finds the steps of a task by where they stand, each page for itself: the rest of the tree is not read.
struct StepFinder {
    let executable: ExecutablePlan
    let task: TaskNumber
    let store: any ReadStore

    /// What there is at a path.
    /// - Parameter path: nil for the root.
    /// - Throws: `SignalboxError` with code `not_found`, with a hint at what there is.
    func place(at path: StepPath?) async throws -> StepPlace {
        var place = StepPlace.root
        for name in path?.components ?? [] { place = try await self.place(named: String(name), in: place) }
        return place
    }

    private func place(named name: String, in holder: StepPlace) async throws -> StepPlace {
        let path = holder.path?.appending(name) ?? StepPath(rawValue: name)
        switch holder {
        case .root, .part:
            let definitions = holder.definitions(executable) ?? []
            guard let definition = definitions.first(where: { $0.name == name }) else {
                throw missing(
                    path, Suggestion.hint(for: name, among: definitions.map(\.name), called: "the steps there are"))
            }
            return .step(definition, path, try await store.step(path, of: task))
        case .step(let definition, let step, _):
            if !definition.kind.blocks.isEmpty, let row = try await store.step(path, of: task) {
                return .part(row, definition)
            }
            throw missing(path, try await hint(at: definition, step))
        }
    }

    /// What stands in a step, for somebody who has asked for something else in it.
    private func hint(at definition: StepDefinition, _ path: StepPath) async throws -> String {
        guard !definition.kind.blocks.isEmpty else {
            return "\"\(path)\" is a `\(definition.kind.name)` step: nothing stands in it"
        }
        let parts = try await store.iterations(of: path, of: task, after: nil, isFailedOnly: false, limit: 1)
        guard let first = parts.steps.first else { return "\"\(path)\" has not begun" }
        guard case .forEach = definition.kind else { return "the path that was taken is \"\(first.path)\"" }
        return parts.total == 1
            ? "there is one iteration so far: \(first.path)"
            : "there are \(parts.total) iterations so far: \(first.path) to \(path.appending(parts.total - 1))"
    }

    private func missing(_ path: StepPath, _ hint: String?) -> SignalboxError {
        SignalboxError(.notFound, "Task \(task) has no step \"\(path.rawValue.prefix(200))\".", hint: hint)
    }
}

extension StepFinder {
    /// A page of what stands directly in a place, in order.
    /// - Parameters:
    ///   - after: the step behind which it begins; nil for the first page.
    ///   - isFailedOnly: only those that have failed.
    /// - Throws: `SignalboxError` with code `invalid_input` for a step in which nothing can stand, and for an `after` that
    ///   does not stand there.
    func page(in place: StepPlace, after: StepPath?, isFailedOnly: Bool, size: Int) async throws -> StepPage {
        if let after, after.parent != place.path {
            throw notThere(after, in: place)
        }
        guard case .step(let definition, let path, _) = place else {
            let definitions = place.definitions(executable) ?? []
            var rows: [StepPath: StepRow] = [:]
            for row in try await self.rows(below: place.path) { rows[row.path] = row }
            let steps = definitions.map { definition in
                let path = place.path?.appending(definition.name) ?? StepPath(rawValue: definition.name)
                return StepDetail(definition, at: path, rows[path])
            }
            return try cut(steps, in: place, after: after, isFailedOnly: isFailedOnly, size: size)
        }
        switch definition.kind {
        case .forEach: return try await iterations(of: definition, place, after, isFailedOnly, size)
        case .branch:
            let paths = try await rows(below: path).map { StepDetail($0, of: definition) }
            return try cut(paths, in: place, after: after, isFailedOnly: isFailedOnly, size: size)
        default:
            throw SignalboxError(
                .invalidInput, "Nothing stands in step \"\(path)\": it is a `\(definition.kind.name)` step.",
                hint: "Steps stand in loops and branches, in their iterations and paths.")
        }
    }

    /// As many at most as the plan has steps there, or paths.
    private func rows(below container: StepPath?) async throws -> [StepRow] {
        try await store.steps(of: task, below: container, offset: 0, limit: Limits.planStepsMaximum).steps
    }

    private func iterations(
        of definition: StepDefinition, _ place: StepPlace, _ after: StepPath?, _ isFailedOnly: Bool, _ size: Int
    ) async throws -> StepPage {
        guard let loop = place.path else { preconditionFailure("A loop stands somewhere.") }
        let index = try after.map { after in
            guard let index = Int(after.name), index >= 0 else { throw notThere(after, in: place) }
            return index
        }
        // One more tells whether there is a next page.
        let found = try await store.iterations(
            of: loop, of: task, after: index, isFailedOnly: isFailedOnly, limit: size + 1)
        let steps = found.steps.prefix(size).map { StepDetail($0, of: definition) }
        return StepPage(steps: steps, total: found.total, next: found.steps.count > size ? steps.last?.path : nil)
    }

    /// A page of what is bounded by the plan, and known as a whole.
    private func cut(
        _ all: [StepDetail], in place: StepPlace, after: StepPath?, isFailedOnly: Bool, size: Int
    ) throws -> StepPage {
        var first = 0
        if let after {
            guard let seen = all.firstIndex(where: { $0.path == after }) else { throw notThere(after, in: place) }
            first = seen + 1
        }
        func isMeant(_ step: StepDetail) -> Bool { !isFailedOnly || step.status == StepStatus.failed.rawValue }
        let rest = all[first...].filter(isMeant)
        let steps = Array(rest.prefix(size))
        return StepPage(
            steps: steps, total: all.count(where: isMeant), next: rest.count > size ? steps.last?.path : nil)
    }

    private func notThere(_ after: StepPath, in place: StepPlace) -> SignalboxError {
        let holder = place.path.map { "in \"\($0)\"" } ?? "at the root"
        return SignalboxError(
            .invalidInput, "The step \"\(after.rawValue.prefix(200))\" does not stand directly \(holder).",
            hint: "Take `next` of the page before, or leave it out for the first page.")
    }
}
