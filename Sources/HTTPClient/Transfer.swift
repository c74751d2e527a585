internal import Core
internal import Synchronization

/// One request on its way: what libcurl's callbacks fill, on the loop's thread, and a task empties.
final class Transfer: Sendable {
    /// What the header callback has gathered.
    struct Head: Sendable {
        var status: Int
        var headers: ClientHeaders
    }

    private struct State: Sendable {
        var gathering: Head?
        var headerBytes = 0
        var head: Head?
        var buffer: [UInt8] = []
        var isPaused = false
        var ending: Ending?
        var headWaiter: CheckedContinuation<Head, any Error>?
        var pieceWaiter: CheckedContinuation<Piece, any Error>?
        var lastActivity = ContinuousClock.now
        /// How much of the body has been sent, and since when.
        var sent: Int64 = 0
        var lastSent: ContinuousClock.Instant?
        var refusal: SignalboxError?
    }

    private enum Ending: Sendable {
        case complete
        case failed(any Error)
    }

    /// A piece of the body, nil at its end, and whether libcurl was held back until it was taken.
    typealias Piece = (bytes: [UInt8]?, mustContinue: Bool)

    static let bufferBytesMaximum = 64 << 10

    let request: ClientRequest
    let target: TransferTarget
    let started = ContinuousClock.now
    private let state = Mutex(State())

    init(_ request: ClientRequest) throws {
        self.request = request
        target = try TransferTarget(request)
    }

    /// Waits for the header of the final response.
    func head() async throws -> Head {
        try await withCheckedThrowingContinuation { continuation in
            let result = state.withLock { state -> Result<Head, any Error>? in
                if let head = state.head { return .success(head) }
                if case .failed(let error) = state.ending { return .failure(error) }
                state.headWaiter = continuation
                return nil
            }
            if let result { continuation.resume(with: result) }
        }
    }

    /// Takes everything that has arrived, waiting for it.
    func next() async throws -> Piece {
        try await withCheckedThrowingContinuation { continuation in
            let result = state.withLock { state -> Result<Piece, any Error>? in
                if !state.buffer.isEmpty {
                    let piece = Piece(bytes: state.buffer, mustContinue: state.isPaused)
                    state.buffer = []
                    state.isPaused = false
                    // Waiting for the reader was not idleness of the sender.
                    state.lastActivity = .now
                    return .success(piece)
                }
                switch state.ending {
                case .complete: return .success((nil, false))
                case .failed(let error): return .failure(error)
                case nil:
                    precondition(state.pieceWaiter == nil, "A body has one reader.")
                    state.pieceWaiter = continuation
                    return nil
                }
            }
            if let result { continuation.resume(with: result) }
        }
    }

    /// Nothing more will come; nil means that the response is complete. Only the first call counts.
    func finish(_ error: (any Error)?) {
        let (headWaiter, pieceWaiter, result) = state.withLock { state in
            let result = error.map(Ending.failed) ?? .complete
            if state.ending == nil { state.ending = result }
            defer { (state.headWaiter, state.pieceWaiter) = (nil, nil) }
            return (state.headWaiter, state.pieceWaiter, error)
        }
        headWaiter?.resume(throwing: result ?? TransferFailure.broken)
        if let result { pieceWaiter?.resume(throwing: result) } else { pieceWaiter?.resume(returning: (nil, false)) }
    }

    /// When this transfer fails for being too slow unless something happens; nil if never.
    var deadline: ContinuousClock.Instant? {
        state.withLock { state in
            if state.isPaused || state.ending != nil { return nil }
            return state.head == nil
                ? request.timeouts.firstByte.map { (state.lastSent ?? started) + $0 }
                : request.timeouts.idle.map { state.lastActivity + $0 }
        }
    }

    /// So much of the body has been sent. Of a large file that takes longer than any server may take to answer.
    func noteSent(_ count: Int64) {
        guard request.bodyFile != nil else { return }
        state.withLock { state in
            guard count > state.sent else { return }
            state.sent = count
            state.lastSent = .now
        }
    }

    var hasHead: Bool { state.withLock { $0.head != nil } }

    /// Whether a header was refused for its length.
    var isHeaderTooLong: Bool { state.withLock { $0.headerBytes > Limits.responseHeaderBytesMaximum } }

    /// Why the address that was tried last must not be connected to; nil when it may be.
    var refusal: SignalboxError? {
        get { state.withLock(\.refusal) }
        set { state.withLock { $0.refusal = newValue } }
    }
}

extension Transfer {
    /// A line of a header came, on the loop's thread. There may be several headers: of interim responses and of
    /// redirects before the final one, and trailers after the body. False ends the transfer: the header is too long.
    func receiveHeader(_ line: some Collection<UInt8>) -> Bool {
        let text = String(decoding: line, as: UTF8.self)
        let count = line.count
        let (waiter, head) = state.withLock { state -> (CheckedContinuation<Head, any Error>?, Head?) in
            guard state.head == nil else { return (nil, nil) }
            let isFirst = text.hasPrefix("HTTP/")
            state.headerBytes = (isFirst ? 0 : state.headerBytes) + count
            guard state.headerBytes <= Limits.responseHeaderBytesMaximum else { return (nil, nil) }
            if isFirst {
                let status = text.split(separator: " ").dropFirst().first.flatMap { Int($0.prefix(3)) } ?? 0
                state.gathering = Head(status: status, headers: [:])
                return (nil, nil)
            }
            guard var head = state.gathering else { return (nil, nil) }
            let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 {
                head.headers.add(String(parts[0]), Self.trimmed(parts[1]))
                state.gathering = head
                return (nil, nil)
            }
            guard isFinal(head) else { return (nil, nil) }
            state.head = head
            state.lastActivity = .now
            defer { state.headWaiter = nil }
            return (state.headWaiter, head)
        }
        if let waiter, let head { waiter.resume(returning: head) }
        return !isHeaderTooLong
    }

    /// A piece of the body came, on the loop's thread. False asks libcurl to keep it and to pause.
    func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let result = state.withLock { state -> (Bool, CheckedContinuation<Piece, any Error>?, [UInt8]) in
            guard state.buffer.isEmpty || state.buffer.count + bytes.count <= Self.bufferBytesMaximum else {
                state.isPaused = true
                return (false, nil, [])
            }
            state.lastActivity = .now
            unsafe state.buffer.append(contentsOf: bytes)
            guard let waiter = state.pieceWaiter else { return (true, nil, []) }
            defer { (state.pieceWaiter, state.buffer) = (nil, []) }
            return (true, waiter, state.buffer)
        }
        result.1?.resume(returning: (result.2, false))
        return result.0
    }

    private func isFinal(_ head: Head) -> Bool {
        if (100..<200).contains(head.status) { return false }
        let isRedirect = [301, 302, 303, 307, 308].contains(head.status) && head.headers["Location"] != nil
        return !(isRedirect && request.redirectsMaximum > 0)
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r\n" || $0 == "\r" || $0 == "\n" }
        let start = text.drop(while: isSpace)
        guard let end = start.lastIndex(where: { !isSpace($0) }) else { return "" }
        return String(start[...end])
    }
}
