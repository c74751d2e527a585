internal import Core
internal import Engine
internal import HTTPServer
internal import Plans
internal import Runtime
internal import Store

/// Two tasks beside each other.
struct ComparePages: Sendable {
    let runtime: Runtime

    /// Of a value that is compared word by word, in bytes.
    private static let valueBytesMaximum = 64 << 10

    func install(in router: inout Router) {
        router.get("/tasks/{number}/compare") { request in
            let task = try await runtime.task(request.pathParameter("number"))
            return .page(
                ComparePage.document(try await view(task, with: try await lastGood(of: task), request, isDefault: true))
            )
        }
        router.get("/tasks/{number}/compare/{other}") { request in
            let task = try await runtime.task(request.pathParameter("number"))
            let other = try await runtime.task(request.pathParameter("other"))
            if request.isFromScript, request.query["loop"] != nil {
                let (before, after) = other.number < task.number ? (other, task) : (task, other)
                let pair = try await pair(before, after, part(request), .now)
                return .page(CompareSteps.part(pair, path: path(task, other)))
            }
            return .page(ComparePage.document(try await view(task, with: other, request, isDefault: false)))
        }
    }

    private func lastGood(of task: TaskRow) async throws -> TaskRow? {
        do {
            return try await runtime.defaultComparison(of: task)
        } catch let error as SignalboxError where error.code == .notFound {
            return nil
        }
    }

    private func view(
        _ task: TaskRow, with other: TaskRow?, _ request: Request, isDefault: Bool
    ) async throws -> CompareView {
        let now = Timestamp.now
        let search = request.query["q"] ?? ""
        let isSearch = !search.trimmed.isEmpty
        var picker = try await picker(search, without: task, texts: isSearch ? [:] : ["plan": task.planName], now)
        // Of a plan that has run once only, any other task may be held against it.
        let isOnlyOfPlan = picker.picks.isEmpty && !isSearch
        if isOnlyOfPlan { picker = try await self.picker(search, without: task, texts: [:], now) }
        var view = CompareView(
            task: TaskLinkView(task), picker: picker, approvals: try await runtime.openRequestCount(), now: now)
        view.isDefault = isDefault
        view.isOnlyOfPlan = isOnlyOfPlan && !picker.picks.isEmpty
        guard let other else { return view }
        let (before, after) = other.number < task.number ? (other, task) : (task, other)
        view.pair = try await pair(before, after, part(request), now)
        view.path = path(task, other)
        return view
    }

    /// What to choose from: the other tasks that fit.
    private func picker(
        _ search: String, without task: TaskRow, texts: [String: String], _ now: Timestamp
    ) async throws -> PickerView {
        let path = "/tasks/\(task.number.rawValue)/compare"
        var picker = try await ComposerLoader.tasks(search, runtime, path: path, texts: texts, now: now) {
            "\(path)/\($0.number.rawValue)"
        }
        let own = picker.picks.count { $0.number == task.number }
        picker.picks.removeAll { $0.number == task.number }
        picker.total -= own
        return picker
    }

    private func path(_ task: TaskRow, _ other: TaskRow) -> String {
        "/tasks/\(task.number.rawValue)/compare/\(other.number.rawValue)"
    }

    /// Further iterations of one loop.
    private func part(_ request: Request) -> ComparedPart? {
        request.query["loop"].map {
            ComparedPart(loop: StepPath(rawValue: $0), after: request.query["after"].flatMap { Int($0) })
        }
    }

    private func pair(
        _ before: TaskRow, _ after: TaskRow, _ part: ComparedPart?, _ now: Timestamp
    ) async throws -> CompareView.Pair {
        let comparison = try await runtime.compare(
            before, after, part: part, valueBytesMaximum: Self.valueBytesMaximum)
        var pair = CompareView.Pair(before: TaskRowView(before), after: TaskRowView(after))
        if !comparison.hasSamePlan {
            let (old, new) = (try await runtime.plan(of: before), try await runtime.plan(of: after))
            pair.planDifference = Runtime.difference(old.source, new.source)
        }
        pair.inputs = comparison.inputs.map(DifferenceView.init)
        pair.outputs = comparison.outputs.map(DifferenceView.init)
        pair.steps = comparison.steps.map { ComparedStepView($0, now: now) }
        pair.hiddenSteps = comparison.hiddenSteps
        pair.part = part.map {
            ComparedPartView(loop: $0.loop, moreIterations: comparison.moreIterations ?? 0)
        }
        return pair
    }
}

extension DifferenceView {
    fileprivate init(_ difference: JSONDifference) {
        self.init(pointer: difference.pointer, before: difference.before, after: difference.after)
    }
}

extension ComparedStepView {
    fileprivate init(_ step: StepComparison, now: Timestamp) {
        let verdict: Verdict =
            switch step.verdict {
            case .same: .same
            case .changed: .changed
            case .onlyBefore: .onlyBefore
            case .onlyAfter: .onlyAfter
            }
        self.init(
            path: step.path, verdict: verdict, before: step.before.map { Side($0, now: now) },
            after: step.after.map { Side($0, now: now) })
        input = step.input.map(DifferenceView.init)
        output = step.output.map(DifferenceView.init)
        hasMore = step.hasMore
        moreIterations = step.moreIterations
    }
}

extension ComparedStepView.Side {
    fileprivate init(_ row: StepRow, now: Timestamp) {
        self.init(
            state: DisplayState(row: row), milliseconds: row.durationMilliseconds(at: now),
            tokens: row.usage.total, cost: CostView(row),
            isReused: row.isReused, runs: row.runs)
    }
}
