internal import Core
internal import Plans

/// A time has come: everything that was waiting for it goes on.
public struct WakeUp: TaskCommand {
    public init() {}

    public func apply(to machine: inout TaskMachine) throws {
        guard machine.state.result == nil else { return }
        let due = machine.state.timers.filter { $0.value <= machine.now }.sorted {
            ($0.value, $0.key.step.rawValue, $0.key.purpose.rawValue)
                < ($1.value, $1.key.step.rawValue, $1.key.purpose.rawValue)
        }
        for (timer, time) in due where machine.state.timers[timer] == time { machine.fire(timer) }
        machine.advance()
    }
}

extension TaskMachine {
    fileprivate mutating func fire(_ timer: TaskState.TimerKey) {
        let address = address(known: timer.step)
        switch timer.purpose {
        case .wake: wake(timer.step, address)
        case .expiry: expire(timer.step, address)
        case .deadline: timeOut(timer.step, address)
        }
    }

    private mutating func wake(_ path: StepPath, _ address: StepAddress) {
        let wait = state[address].wait
        guard wait?.reason == .timer else { return emit(.stepQueued(path)) }
        let output: JSON = ["waited_until": .string(now.rfc3339)]
        emit(.stepCompleted(path, RunNumber(rawValue: 1), StepResult(output: output)))
    }

    private mutating func expire(_ path: StepPath, _ address: StepAddress) {
        guard case .request(let ordinal) = state[address].wait?.blocker,
            let request = state.requests[ordinal]
        else { return }
        let name = Decision.expiryDecider
        switch request.onExpiry {
        case .wait: return
        case .approve: decide(request, Decision(.approve, by: name))
        case .reject:
            decide(request, Decision(.stop, feedback: "Nobody decided in time.", by: name))
        }
    }

    private mutating func timeOut(_ path: StepPath, _ address: StepAddress) {
        let definition = definition(at: address)
        let (seconds, rest) = (definition.timeoutMilliseconds ?? 0).quotientAndRemainder(dividingBy: 1_000)
        let limit = rest == 0 ? "\(seconds) s" : "\(seconds * 1_000 + rest) ms"
        let failure = Failure(.timeout, "It took longer than \(limit), which is the step's timeout.", step: path)
        guard !isOpen(address) else {
            let slots = state.frames[address.frame].containers[address.place]?.openFrames ?? []
            emit(.timeoutReached(path, failure))
            let inside = runningSteps.filter { running in
                slots.contains { state.frames[$0].path.contains(running.path) }
            }
            for (path, run) in inside { act(.stop(path, run)) }
            return
        }
        switch state[address].wait?.blocker {
        case .task(let child): act(.cancelChild(child))
        case .signal: act(.forgetSignal(path))
        default: break
        }
        let run = max(1, state[address].runs)
        finish(path, RunNumber(rawValue: run), .failed(failure))
    }
}
