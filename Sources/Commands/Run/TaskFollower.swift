internal import Client
internal import Core
internal import Glibc

/// Follows a task on the terminal until it ends, stands still, or nobody wants to see more. Where somebody can answer, it
/// asks what the task asks.
struct TaskFollower: Sendable {
    let host: TaskHost
    let context: CommandContext

    /// How the following ended.
    enum End: Sendable {
        /// The task has ended, or stands still for these.
        case settled(TaskDetails, Standstill?)
        /// By that signal; the task goes on, or will at the next start.
        case left(Int32)
    }

    private enum Turn: Sendable {
        case settled(TaskDetails, Standstill?)
        /// A request that somebody at this terminal is to decide.
        case asks(Approval)
        case interrupted(Int32)
    }

    /// How often it is looked whether the task stands still.
    private static let lookInterval = Duration.milliseconds(100)
    /// After how many looks the children of a task are looked at, of which its own events do not tell.
    private static let looksPerChildLook = 5

    /// Shows the task from its first event on.
    func follow(_ task: TaskDetails, as form: ProgressDisplay.Form) async throws -> End {
        try context.interrupts.listen()
        let display = ProgressDisplay(task, form: form, context: context)
        defer { display.leave() }
        let canAsk = form != .jsonLines && context.errors.isTerminal && Question.canBeAsked
        var later: Set<String> = []
        var isCancelling = false
        while true {
            switch try await turn(task, display, canAsk: canAsk, later: later) {
            case .settled(let details, let standstill):
                display.finish(details)
                return .settled(details, standstill)
            case .asks(let approval):
                display.leave()
                switch try await RequestDialog(host: host, context: context).ask(approval) {
                case .later: later.insert(approval.id)
                case .decided: break
                case .interrupted(let signal): context.interrupts.receive(signal)
                }
            case .interrupted(let signal):
                display.leave()
                if isCancelling, host.address == nil { Interrupts.endAtOnce(signal) }
                guard try await wantsToCancel(after: signal, task.summary, lostSince: display.lostSince) else {
                    return .left(signal)
                }
                do {
                    _ = try await host.client.cancel("\(task.summary.number.rawValue)")
                    isCancelling = true
                } catch let error as SignalboxError where error.code == .conflict {
                    // It has ended while the question stood there: then that is what came of it.
                    continue
                }
            }
        }
    }

    /// Waits for the end, a standstill, a request or a signal, whichever comes first.
    private func turn(
        _ task: TaskDetails, _ display: ProgressDisplay, canAsk: Bool, later: Set<String>
    ) async throws -> Turn {
        try await withThrowingTaskGroup(of: Turn?.self) { group in
            group.addTask { .settled(try await end(of: task, display), nil) }
            group.addTask { try await whatStops(task, display, canAsk: canAsk, later: later) }
            group.addTask { .interrupted(try await context.interrupts.next()) }
            group.addTask {
                try await display.keepDrawing()
                return nil
            }
            defer { group.cancelAll() }
            while let turn = try await group.next() {
                if let turn { return turn }
            }
            preconditionFailure("Waiting for a signal has no end.")
        }
    }

    private func end(of task: TaskDetails, _ display: ProgressDisplay) async throws -> TaskDetails {
        let number = task.summary.number
        var policy = ReconnectPolicy()
        let place = host.client.place
        policy.onChange = { isLost in display.connectionChanged(isLost: isLost, to: place) }
        while true {
            for try await event in host.client.events(of: number, after: display.position, reconnecting: policy) {
                display.receive(event)
            }
            let details = try await host.client.task("\(number.rawValue)")
            // A task that had failed may have been retried since.
            if details.summary.status.isFinal { return details }
        }
    }

    /// Looks from time to time whether the task asks something, or stands still: waiting has no event of its own, it is
    /// what is left when steps wait and nothing else is at work.
    private func whatStops(
        _ task: TaskDetails, _ display: ProgressDisplay, canAsk: Bool, later: Set<String>
    ) async throws -> Turn {
        var seen: Position?
        var looks = 0
        while true {
            try await Task.sleep(for: Self.lookInterval)
            // Who reads the events waits for the server.
            guard display.lostSince == nil else { continue }
            let progress = display.progress
            if canAsk, let id = progress.openRequests.first(where: { !later.contains($0) }) {
                let approval = try await host.client.approval(id)
                if approval.isOpen { return .asks(approval) }
            }
            guard progress.mayWait else { continue }
            looks += 1
            let isLookingBelow = progress.waitsForChild && looks.isMultiple(of: Self.looksPerChildLook)
            guard progress.position != seen || isLookingBelow else { continue }
            seen = progress.position
            let now = try await host.client.task("\(task.summary.number.rawValue)")
            // What is not shown yet comes first.
            guard now.summary.position == progress.position else {
                seen = nil
                continue
            }
            try checkSettings(for: now)
            let standstill = try await Standstill.of(now, client: host.client, hearsSignals: host.address != nil)
            guard let standstill else { continue }
            if canAsk, let next = standstill.requests.first(where: { !later.contains($0.id) }) { return .asks(next) }
            return .settled(now, standstill)
        }
    }

    /// Ends the following of a task of which nothing goes on here, for the settings are not those that it was made with.
    private func checkSettings(for task: TaskDetails) throws {
        let number = task.summary.number
        guard let missing = host.missingSettings(for: [number] + task.children.map(\.number)) else { return }
        let configuration = host.placeArguments.contains(" --config ") ? "" : " --config FILE"
        throw SignalboxError(
            .configuration, "Task \(number) cannot go on here. \(missing)",
            hint:
                "Nothing of it is lost: `signalbox tasks watch \(number.rawValue)\(host.placeArguments)\(configuration)` goes on "
                + "with it, with the settings and the environment that it was started with.")
    }

    /// Said before a wait: a program has 10 s between being asked to end and being killed. One that nobody cancels has
    /// 3 s before that to end by itself (`Runtime.stop`).
    private func writeStopping(isCancelling: Bool) {
        let seconds = isCancelling ? 10 : 13
        context.errors.writeLine(
            "Stopping; a running program gets up to \(seconds) s. Ctrl-C again ends at once.")
    }

    /// Says what becomes of the task; with an engine of our own and somebody to answer, asks.
    private func wantsToCancel(
        after signal: Int32, _ task: TaskSummary, lostSince: Timestamp?
    ) async throws -> Bool {
        let number = task.number
        // Then the server says what becomes of its tasks.
        if host.isServing { return false }
        if let address = host.address, let lostSince {
            context.errors.writeLine(
                "Stopped watching; \(address) has not answered since \(Quantity.timeOfDay(lostSince)). Task \(number) "
                    + "goes on when a server runs there again.")
            return false
        }
        if let address = host.address {
            context.errors.writeLine("Stopped watching; task \(number) goes on at \(address)\(task.path)")
            return false
        }
        if signal == SIGINT, context.errors.isTerminal, Question.canBeAsked {
            context.errors.write("\nCancel the task, or leave it (it goes on when a server starts)? [c/l] ")
            let answer = try await firstOfAnswerAndSignal()
            if answer == nil { context.errors.write("\n") }
            if answer?.lowercased().hasPrefix("c") == true {
                writeStopping(isCancelling: true)
                return true
            }
        }
        writeStopping(isCancelling: false)
        context.errors.writeLine("Left task \(number) unfinished; it \(host.goesOn(number))")
        return false
    }

    /// The answer; nil when a second signal says that there will be none.
    private func firstOfAnswerAndSignal() async throws -> String? {
        try await withThrowingTaskGroup(of: String?.self) { group in
            group.addTask { try await Question.answer() }
            group.addTask {
                _ = try await context.interrupts.next()
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }
}

extension TaskFollower {
    /// Follows a task and says at the end what came of it.
    /// - Parameter printsJSON: whether stdout gets the task as the API gives it instead of its result.
    func followToEnd(_ task: TaskDetails, as form: ProgressDisplay.Form, printsJSON: Bool) async throws -> ExitCode {
        switch try await follow(task, as: form) {
        case .left(let signal): return signal == SIGTERM ? .terminated : .interrupted
        case .settled(let details, let standstill):
            let report = TaskReport(
                task: details, address: host.address, context: context, standstill: standstill,
                placeArguments: host.placeArguments, followUp: host.followUp)
            if form == .jsonLines { return report.exitCode }
            if printsJSON { context.output.writeLine(details.json.prettyText) } else { report.writeResult() }
            try report.writeSummary()
            return report.exitCode
        }
    }
}
