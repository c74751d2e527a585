internal import CPlatform
internal import CWslay
internal import Core
internal import Glibc

/// The frames of one WebSocket: libwslay between a socket and messages. "A context must not be used from several threads
/// at once": it belongs to the thread that has the sockets.
@safe
final class WebSocketFrames {
    private let socket: Int32
    private let bounds: WebSocketConfiguration
    private var context: wslay_event_context_ptr?
    /// What the client has sent with its request already.
    private var early: ArraySlice<UInt8>
    /// How much may still be read in this turn, so that one client does not hold up the others.
    private var allowance = 0
    /// How many frames the client may send now.
    private var credit: Double
    private var creditedAt = ContinuousClock.now
    private var messages: [String] = []
    /// A bound was exceeded while frames were read.
    private var violation: WebSocketClose?
    /// The client's close has half a number.
    private var isCloseMalformed = false
    /// The client has closed the socket, or it failed.
    private(set) var isBroken = false
    /// When something was last received or sent.
    private(set) var activeAt = ContinuousClock.now
    /// When the client has last taken something.
    private(set) var sentAt = ContinuousClock.now

    private static let bytesPerTurn = 64 << 10

    init(socket: Int32, early: [UInt8], bounds: WebSocketConfiguration) throws {
        self.socket = socket
        self.early = early[...]
        self.bounds = bounds
        credit = bounds.framesPerSecondMaximum * 2
        var callbacks = wslay_event_callbacks()
        unsafe callbacks.recv_callback = unsafe socketRead
        unsafe callbacks.send_callback = unsafe socketWrite
        unsafe callbacks.on_frame_recv_start_callback = unsafe frameStarted
        unsafe callbacks.on_msg_recv_callback = unsafe messageArrived
        let owner = unsafe Unmanaged.passUnretained(self).toOpaque()
        guard unsafe wslay_event_context_server_init(&context, &callbacks, owner) == 0 else {
            throw SignalboxError(.unavailable, "There is no memory for another WebSocket.")
        }
        unsafe wslay_event_config_set_max_recv_msg_length(context, UInt64(bounds.messageBytesMaximum))
    }

    deinit { unsafe wslay_event_context_free(context) }

    var wantsRead: Bool { unsafe wslay_event_want_read(context) != 0 }
    var wantsWrite: Bool { unsafe wslay_event_want_write(context) != 0 }
    var isCloseSent: Bool { unsafe wslay_event_get_close_sent(context) != 0 }
    var isCloseReceived: Bool { unsafe wslay_event_get_close_received(context) != 0 }

    /// Reads what has come, answers pings and closes, and returns whole messages.
    func read() -> [String] {
        allowance = Self.bytesPerTurn
        let hadNothingToSend = !wantsWrite
        let result = unsafe wslay_event_recv(context)
        if let violation {
            close(violation)
            unsafe wslay_event_shutdown_read(context)
        } else if result != 0 || isCloseMalformed, !isBroken, hadNothingToSend {
            sendProtocolError()
        }
        defer { messages = [] }
        return messages
    }

    /// The library queues a close without a number for frames that it cannot even begin to read, and for closes with half a
    /// number; and takes no other afterwards. Ours goes to the socket itself, where nothing else is under way.
    private func sendProtocolError() {
        let frame: [UInt8] = [0x88, 2, 0x03, 0xEA]
        _ = unsafe frame.withUnsafeBytes { unsafe Glibc.send(socket, $0.baseAddress, $0.count, sendFlags) }
        isFailed = true
        unsafe wslay_event_shutdown_write(context)
    }

    /// A close was sent past the library.
    private(set) var isFailed = false

    /// Queues a text message.
    func queue(_ message: [UInt8]) { queue(message, opcode: WSLAY_TEXT_FRAME) }

    /// Queues a ping.
    func ping() { queue([], opcode: WSLAY_PING) }

    private func queue(_ payload: [UInt8], opcode: wslay_opcode) {
        unsafe payload.withUnsafeBufferPointer { bytes in
            var message = unsafe wslay_event_msg(
                opcode: UInt8(opcode.rawValue), msg: bytes.baseAddress, msg_length: bytes.count)
            // Refused only when a close was queued before: then nobody waits for it any more.
            _ = unsafe wslay_event_queue_msg(context, &message)
        }
    }

    /// Queues a close behind all else.
    func close(_ close: WebSocketClose) {
        _ = unsafe wslay_event_queue_close(context, close.code, Array(close.reason.utf8), close.reason.utf8.count)
    }

    /// Sends what is queued, as far as the socket takes it.
    func send() {
        if unsafe wslay_event_send(context) != 0 { isBroken = true }
    }

    // MARK: What the library calls

    fileprivate func receive(into target: UnsafeMutableRawBufferPointer) -> Int {
        if !early.isEmpty {
            let part = early.prefix(target.count)
            unsafe part.withUnsafeBytes { unsafe target.copyMemory(from: $0) }
            early = early.dropFirst(part.count)
            return part.count
        }
        guard allowance > 0, violation == nil else { return wouldBlock() }
        let count = unsafe recv(socket, target.baseAddress, min(target.count, allowance), 0)
        guard count <= 0 else {
            allowance -= count
            activeAt = .now
            return count
        }
        if count < 0, errno == EAGAIN || errno == EINTR { return wouldBlock() }
        isBroken = true
        return fail()
    }

    fileprivate func transmit(_ bytes: UnsafeRawBufferPointer) -> Int {
        let count = unsafe Glibc.send(socket, bytes.baseAddress, bytes.count, sendFlags)
        guard count < 0 else {
            activeAt = .now
            sentAt = activeAt
            return count
        }
        if errno == EAGAIN || errno == EINTR { return wouldBlock() }
        isBroken = true
        return fail()
    }

    fileprivate func frameBegan() {
        let now = ContinuousClock.now
        let rate = bounds.framesPerSecondMaximum
        credit = min(rate * 2, credit + (now - creditedAt) / .seconds(1) * rate)
        creditedAt = now
        credit -= 1
        if credit < 0 {
            violation = violation ?? .policyViolation("More than \(Int(rate)) frames a second are too many.")
        }
    }

    fileprivate func arrived(_ opcode: UInt8, _ payload: UnsafeRawBufferPointer) {
        guard violation == nil else { return }
        switch UInt32(opcode) {
        case UInt32(WSLAY_TEXT_FRAME.rawValue): unsafe messages.append(String(decoding: payload, as: UTF8.self))
        case UInt32(WSLAY_BINARY_FRAME.rawValue): violation = .unsupportedData
        case UInt32(WSLAY_CONNECTION_CLOSE.rawValue): isCloseMalformed = payload.count == 1
        default: break
        }
    }

    private func wouldBlock() -> Int {
        unsafe wslay_event_set_error(context, Int32(WSLAY_ERR_WOULDBLOCK.rawValue))
        return -1
    }

    private func fail() -> Int {
        unsafe wslay_event_set_error(context, Int32(WSLAY_ERR_CALLBACK_FAILURE.rawValue))
        return -1
    }
}

private let sendFlags = Int32(SIGNALBOX_SEND_NO_WAIT)

private func frames(_ owner: UnsafeMutableRawPointer?) -> WebSocketFrames {
    guard let owner = unsafe owner else { preconditionFailure("The library passes on what it was given.") }
    return unsafe Unmanaged<WebSocketFrames>.fromOpaque(owner).takeUnretainedValue()
}

private func socketRead(
    context: wslay_event_context_ptr?, target: UnsafeMutablePointer<UInt8>?, count: Int, flags: Int32,
    owner: UnsafeMutableRawPointer?
) -> Int {
    unsafe frames(owner).receive(into: UnsafeMutableRawBufferPointer(start: target, count: count))
}

private func socketWrite(
    context: wslay_event_context_ptr?, bytes: UnsafePointer<UInt8>?, count: Int, flags: Int32,
    owner: UnsafeMutableRawPointer?
) -> Int {
    unsafe frames(owner).transmit(UnsafeRawBufferPointer(start: bytes, count: count))
}

private func frameStarted(
    context: wslay_event_context_ptr?, frame: UnsafePointer<wslay_event_on_frame_recv_start_arg>?,
    owner: UnsafeMutableRawPointer?
) {
    unsafe frames(owner).frameBegan()
}

private func messageArrived(
    context: wslay_event_context_ptr?, message: UnsafePointer<wslay_event_on_msg_recv_arg>?,
    owner: UnsafeMutableRawPointer?
) {
    guard let message = unsafe message?.pointee else { return }
    let payload = unsafe UnsafeRawBufferPointer(start: message.msg, count: message.msg_length)
    unsafe frames(owner).arrived(message.opcode, payload)
}
