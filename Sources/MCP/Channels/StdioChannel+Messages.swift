internal import Core
internal import Synchronization

extension StdioChannel {
    /// Takes one line of stdout, on the process's thread.
    /// - Throws: `Fault` when the server must be given up.
    func receive(_ line: [UInt8]) throws {
        let text = line.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
        guard let first = text.first else { return }
        guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else {
            // Many programs print a word of their own now and then; that spoils no answer.
            try state.withLock { state in
                try state.flood.count(bytes: line.count)
                state.stray = "it wrote \"\(String(decoding: text.prefix(60), as: UTF8.self))\" to its stdout"
            }
            return
        }
        do {
            try take(try RPCMessage.read(line), bytes: line.count)
        } catch let malformed as RPCMessage.Malformed {
            try state.withLock { try $0.flood.count(bytes: line.count) }
            fail(malformed)
        }
    }

    private func take(_ message: RPCMessage, bytes: Int) throws {
        switch message {
        case .result(let id, let result): settle(id, .success(RPCAnswer(result: result, bytes: bytes)))
        case .error(let id?, let error): settle(id, .failure(error))
        case .error(nil, let error): fail(RPCMessage.Malformed(error.reason))
        case .notification(let method, let params):
            try state.withLock { try $0.flood.count(bytes: bytes) }
            notified(method, params)
        case .request(let id, let method, let params):
            try state.withLock { try $0.flood.count(bytes: bytes) }
            asked(id, method, params)
        }
    }

    /// Gives an answer to the one who waits for it.
    private func settle(_ id: JSON, _ result: Result<RPCAnswer, any Error>) {
        enum Found { case pending(Pending), late, unknown }
        let found = state.withLock { state -> Found in
            guard case .int(let number) = id, (1..<state.nextID).contains(number) else { return .unknown }
            state.flood.reset()
            return state.pending.removeValue(forKey: number).map(Found.pending) ?? .late
        }
        switch found {
        case .pending(let pending): pending.answer.fulfil(result)
        // Of a call that was given up.
        case .late: break
        case .unknown:
            fail(RPCMessage.Malformed("it answered a request that was never made (id \(id.text.prefix(40)))"))
        }
    }

    /// Something came that cannot be used: whom it was meant for gets the error, if that can be told. Else it is kept for
    /// the error of the one who waits in vain.
    private func fail(_ malformed: RPCMessage.Malformed) {
        let pending = state.withLock { state -> Pending? in
            state.stray = malformed.reason
            if case .int(let number)? = malformed.id, let pending = state.pending.removeValue(forKey: number) {
                return pending
            }
            let waiting = state.pending.filter { !$0.value.exchange.isSubscription }
            guard waiting.count == 1, let only = waiting.first else { return nil }
            return state.pending.removeValue(forKey: only.key)
        }
        pending?.answer.fulfil(.failure(Fault(malformed.reason)))
    }

    private func notified(_ method: String, _ params: JSONObject) {
        switch method {
        case "notifications/progress":
            guard let token = params["progressToken"]?.intValue, let progress = MCPProgress(params) else { return }
            guard let exchange = state.withLock({ $0.pending[token]?.exchange }) else { return }
            exchange.patience.noteActivity()
            exchange.onProgress?(progress)
        case "notifications/cancelled":
            // The end of a subscription (2026-07-28, § Cancellation).
            guard let id = params["requestId"]?.intValue else { return }
            let pending = state.withLock { state in
                state.pending[id]?.exchange.isSubscription == true ? state.pending.removeValue(forKey: id) : nil
            }
            pending?.answer.fulfil(.success(RPCAnswer(result: [:], bytes: 0)))
        default: events.take(method, params)
        }
    }

    private func asked(_ id: JSON, _ method: String, _ params: JSONObject) {
        guard state.withLock(\.revision) != .stateless else {
            fail(RPCMessage.Malformed("it sent the request \"\(method.prefix(60))\", which this revision forbids"))
            return
        }
        guard let answer = ServerRequest.answer(to: method) else {
            ask(id, params)
            return
        }
        state.withLock { send(OutgoingMessage.response(id: id, answer), $0) }
    }

    /// Hands a question over to the call it belongs to. Nothing in it says which that is: when several are under way, it
    /// could reach people whom it does not concern, so nobody is asked.
    private func ask(_ id: JSON, _ params: JSONObject) {
        let exchange = state.withLock { state -> Exchange? in
            let waiting = state.pending.values.filter { !$0.exchange.isSubscription }
            guard waiting.count == 1, waiting[0].exchange.onQuestion != nil,
                state.questions < Limits.mcpQuestionsMaximum
            else {
                send(OutgoingMessage.response(id: id, .success(ServerRequest.unanswered)), state)
                return nil
            }
            state.questions += 1
            return waiting[0].exchange
        }
        guard let exchange, let onQuestion = exchange.onQuestion else { return }
        exchange.patience.pause()
        // Owned by the call, which ends it by answering its question when it ends itself.
        Task { [weak self] in
            let answer = await onQuestion(.object(params))
            exchange.patience.resume()
            self?.state.withLock { state in
                state.questions -= 1
                self?.send(OutgoingMessage.response(id: id, .success(answer)), state)
            }
        }
    }
}
