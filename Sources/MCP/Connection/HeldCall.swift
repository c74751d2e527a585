internal import Core
internal import Synchronization

/// A call to a server with sessions. The server may ask people something while it is under way; so the call goes on by
/// itself, and who has made it waits for what happens next.
final class HeldCall: Sendable {
    /// What happens next.
    enum Happening: Sendable {
        case asked(MCPQuestion)
        case ended(Result<RPCAnswer, any Error>)
    }

    private struct State {
        var happenings = Queue<Happening>()
        var waiter: Once<Happening>?
        var answers: [String: Once<JSON>] = [:]
        var questions = 0
        var task: Task<Void, Never>?
    }

    /// By which it is found again; nobody can guess it.
    let id: String
    private let state = Mutex(State())

    /// - Parameter random: makes the id.
    init(random: inout some RandomNumberGenerator) {
        let words = (0..<2).map { _ in UInt64.random(in: 0 ... .max, using: &random) }
        id = words.map { String($0, radix: 36) }.joined()
    }

    /// Begins the call.
    func start(_ exchange: Exchange, on channel: any Channel, mayAsk: Bool) {
        var exchange = exchange
        if mayAsk { exchange.onQuestion = { [weak self] in await self?.ask($0) ?? ServerRequest.unanswered } }
        let complete = exchange
        // Owned by this object, which cancels it; it outlives the one who called while a person is asked.
        let task = Task {
            do {
                let answer = try await channel.perform(complete)
                self.tell(.ended(.success(answer)))
            } catch {
                self.tell(.ended(.failure(error)))
            }
        }
        state.withLock { $0.task = task }
    }

    /// Gives the call up, and tells the server.
    func cancel() {
        let (task, answers) = state.withLock { state in
            defer { state.answers = [:] }
            return (state.task, state.answers)
        }
        task?.cancel()
        for answer in answers.values { answer.fulfil(.success(ServerRequest.unanswered)) }
    }

    /// Waits for what happens next; only one may wait. When the waiting task is cancelled, so is the call.
    func next() async throws -> Happening {
        let waiter = state.withLock { state -> Once<Happening> in
            let waiter = Once<Happening>()
            if let happening = state.happenings.popFirst() {
                waiter.fulfil(.success(happening))
            } else {
                state.waiter = waiter
            }
            return waiter
        }
        return try await waiter.value { [weak self] in self?.cancel() }
    }

    /// Answers a question.
    /// - Returns: whether it was still open.
    func answer(_ key: String, _ result: JSON) -> Bool {
        let answer = state.withLock { $0.answers.removeValue(forKey: key) }
        return answer?.fulfil(.success(result)) ?? false
    }

    private func ask(_ params: JSON) async -> JSON {
        let answer = Once<JSON>()
        let key = state.withLock { state in
            state.questions += 1
            let key = "question-\(state.questions)"
            state.answers[key] = answer
            return key
        }
        do {
            tell(.asked(try MCPQuestion(key: key, params: params)))
            return try await answer.value()
        } catch {
            // One that cannot be asked spoils the call.
            if error is Fault { tell(.ended(.failure(error))) }
            return ServerRequest.unanswered
        }
    }

    private func tell(_ happening: Happening) {
        let waiter = state.withLock { state -> Once<Happening>? in
            guard let waiter = state.waiter else {
                state.happenings.append(happening)
                return nil
            }
            state.waiter = nil
            return waiter
        }
        waiter?.fulfil(.success(happening))
    }
}
