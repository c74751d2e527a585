internal import CMicrohttpd
internal import Core
internal import Synchronization

/// A body that its handler reads as it comes.
extension Exchange {
    /// What a body breaks off with whose client has gone, or was too slow.
    static let brokenOff = SignalboxError(.malformedRequest, "The request broke off before its end.")

    /// So much of a body must come within the time that a whole request has otherwise: who sends less is cut off.
    private static let bytesPerDeadline = 16 << 10

    func makePipe() -> BodyPipe {
        BodyPipe(capacity: core.configuration.streamBufferBytes) { [self] in
            // It was our reader who was slow.
            giveTime()
            connection.resume()
        }
    }

    /// A piece of the body came.
    func receive(
        _ piece: UnsafeRawBufferPointer, into pipe: BodyPipe, bodyBytesMaximum: Int, _ request: Request
    ) -> MHD_Result {
        let (total, isLively) = state.withLock { state in
            state.streamedBytes += piece.count
            let isLively = state.streamedBytes - state.streamedBytesAtDeadline >= Self.bytesPerDeadline
            if isLively { state.streamedBytesAtDeadline = state.streamedBytes }
            return (state.streamedBytes, isLively)
        }
        guard total <= bodyBytesMaximum else {
            refuseAtOnce(.bodyTooLarge(bytesMaximum: bodyBytesMaximum, for: request))
            pipe.breakOff(SignalboxError(.limit, "The body is longer than \(bodyBytesMaximum) bytes."))
            return .YES
        }
        if isLively { giveTime() }
        unsafe pipe.append(piece) {
            core.watch.received(connection.watchID)
            connection.suspend()
        }
        return .YES
    }

    /// The body is complete: the connection sleeps until the handler has answered.
    func streamArrived(_ pipe: BodyPipe) -> MHD_Result {
        core.watch.received(connection.watchID)
        let answer = state.withLock { state -> Response?? in
            switch state.phase {
            // The handler may have answered since the phase was looked at,
            case .answering(let response): return response
            case .streaming:
                state.phase = .handling
                connection.suspend()
                return .some(nil)
            // or the server may have given it up.
            default: return nil
            }
        }
        guard let answer else { return .NO }
        if let answer { return queue(answer) }
        pipe.finish()
        return .YES
    }

    private func giveTime() {
        core.watch.receiving(connection.watchID, self, deadline: .now + core.configuration.requestTimeout)
    }
}
