internal import CMicrohttpd
internal import CPlatform
internal import Core
internal import Glibc
internal import Synchronization

extension Exchange {
    /// Hands the response to the library.
    func queue(_ response: Response) -> MHD_Result {
        core.watch.received(connection.watchID)
        move(to: .answered)
        state.withLock { $0.heartbeat = response.heartbeat }
        let isUpgrade = if case .webSocket = response.body { true } else { false }
        for candidate in [response, isUpgrade ? Self.notUpgradable : Self.unsendable] {
            guard let made = unsafe makeResponse(candidate.withStandardHeaders) else { continue }
            defer { unsafe MHD_destroy_response(made) }
            let result = unsafe MHD_queue_response(connection.handle, UInt32(candidate.status.rawValue), made)
            if result == .YES || !isUpgrade { return result }
        }
        return .NO
    }

    /// In place of an upgrade that the library refuses, such as one of HTTP/1.0.
    private static let notUpgradable = Response.problem(
        SignalboxError(.upgradeRequired, "A WebSocket begins with a request of HTTP/1.1."))

    /// In place of a response with a header that cannot be sent, such as one with a line break.
    private static let unsendable = Response.problem(
        SignalboxError(.internal, "The response has a header that cannot be sent."))

    private func makeResponse(_ response: Response) -> OpaquePointer? {
        guard let made = unsafe makeBody(response.body) else { return nil }
        for (name, value) in response.headers {
            guard unsafe MHD_add_response_header(made, name, value) == .YES else {
                unsafe MHD_destroy_response(made)
                return nil
            }
        }
        return unsafe made
    }

    private func makeBody(_ body: Response.Body) -> OpaquePointer? {
        switch body {
        case .empty: return unsafe MHD_create_response_from_buffer(0, nil, .RESPMEM_PERSISTENT)
        case .bytes(var bytes):
            return unsafe bytes.withUnsafeMutableBytes {
                unsafe MHD_create_response_from_buffer($0.count, $0.baseAddress, .RESPMEM_MUST_COPY)
            }
        case .static(let bytes):
            let start = unsafe UnsafeMutableRawPointer(mutating: bytes.bytes.baseAddress)
            return unsafe MHD_create_response_from_buffer(bytes.count, start, .RESPMEM_PERSISTENT)
        case .file(let body):
            guard !body.range.isEmpty else { return unsafe makeBody(.empty) }
            // The library closes the descriptor when it has sent the response.
            let descriptor = fcntl(body.file.descriptor, F_DUPFD_CLOEXEC, 0)
            guard descriptor >= 0 else { return nil }
            let count = UInt64(body.range.upperBound - body.range.lowerBound)
            let made = unsafe MHD_create_response_from_fd_at_offset64(
                count, descriptor, UInt64(body.range.lowerBound))
            if unsafe made == nil { close(descriptor) }
            return unsafe made
        case .webSocket(let handler):
            state.withLock { $0.webSocketHandler = handler }
            // The exchange lives until the library has told that it is done with the connection.
            let context = unsafe Unmanaged.passUnretained(self).toOpaque()
            return unsafe MHD_create_response_for_upgrade(upgraded, context)
        case .stream, .feed:
            core.watch.streaming(connection.watchID, self)
            let context = unsafe Unmanaged.passRetained(self).toOpaque()
            let isQuiet = state.withLock { $0.heartbeat != nil }
            return unsafe MHD_create_response_from_callback(
                .max, isQuiet ? Self.quietBlockBytes : Self.blockBytes, readStream, context, releaseStream)
        }
    }

    /// How much of a stream the library asks for at a time, in memory that it keeps as long as the stream lasts.
    private static let blockBytes = 16 << 10
    /// The same of streams that live long and mostly say nothing.
    private static let quietBlockBytes = 8 << 10

    /// A call of the library for more of a streamed body.
    func read(into target: UnsafeMutableRawBufferPointer) -> Int {
        let content = unsafe buffer.read(into: target, sleeper: .connection(connection)) { connection.suspend() }
        switch content {
        case .bytes(let count): return count
        case .nothing: return 0
        case .end: return streamEnd
        case .cut: return unsafe breakOff(into: target)
        }
    }

    /// Breaks a streamed body off. A connection whose reader returns `streamError` is forgotten by the library (0.9.75 to
    /// 1.0.1): it says goodbye, but keeps the descriptor until another event or the idle time-out has it look again. What it
    /// fails to send makes it close, so it is given a byte that the socket does not take any more.
    private func breakOff(into target: UnsafeMutableRawBufferPointer) -> Int {
        guard let first = target.baseAddress, unsafe !target.isEmpty else { return streamError }
        shutdown(connection.socket, Int32(SHUT_RDWR))
        unsafe first.storeBytes(of: 0, as: UInt8.self)
        return 1
    }
}

/// `MHD_CONTENT_READER_END_OF_STREAM`, a macro with a cast.
private let streamEnd = -1
/// `MHD_CONTENT_READER_END_WITH_ERROR`, a macro with a cast.
private let streamError = -2

private func readStream(
    context: UnsafeMutableRawPointer?, position: UInt64, target: UnsafeMutablePointer<CChar>?, capacity: Int
) -> Int {
    guard let context = unsafe context, let target = unsafe target else { return streamError }
    let exchange = unsafe Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
    return unsafe exchange.read(into: UnsafeMutableRawBufferPointer(start: target, count: capacity))
}

private func releaseStream(context: UnsafeMutableRawPointer?) {
    if let context = unsafe context { unsafe Unmanaged<Exchange>.fromOpaque(context).release() }
}
