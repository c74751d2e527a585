import Core
import Glibc
import HTTPServer

/// A client that can misbehave: a plain blocking socket. Use it inside `blocking`, for it would stall Swift's pool.
final class RawClient {
    private let descriptor: Int32

    init(port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw RawClientError(what: "socket", number: errno) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let code = unsafe withUnsafeBytes(of: &address) {
            unsafe connect(
                descriptor, $0.assumingMemoryBound(to: sockaddr.self).baseAddress,
                socklen_t(MemoryLayout<sockaddr_in>.size))
        }
        guard code == 0 else { throw RawClientError(what: "connect", number: errno) }
        var timeout = timeval(tv_sec: 20, tv_usec: 0)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(descriptor) }

    /// Sends everything; false when the other side has closed.
    @discardableResult
    func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
                unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// What is there, at most 64 KiB; nil when the other side has closed.
    func receive() throws -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
        if count < 0, errno == EAGAIN { throw RawClientError(what: "nothing came", number: EAGAIN) }
        return count > 0 ? Array(buffer.prefix(count)) : nil
    }

    /// Everything until the other side closes.
    func receiveAll() throws -> String {
        var all: [UInt8] = []
        while let part = try receive() { all += part }
        return String(decoding: all, as: UTF8.self)
    }

    /// Everything until that text has come.
    func receive(until text: String) throws -> String {
        var all: [UInt8] = []
        while let part = try receive() {
            all += part
            let received = String(decoding: all, as: UTF8.self)
            if received.contains(text) { return received }
        }
        return String(decoding: all, as: UTF8.self)
    }
}

struct RawClientError: Error {
    var what: String
    var number: Int32
}

/// Runs what blocks on a thread of its own.
func blocking<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        do {
            try startThread(name: "test") { continuation.resume(with: Swift.Result { try body() }) }
        } catch {
            continuation.resume(throwing: error)
        }
    }
}

/// Runs a server on any free port for the time of the body, then stops it.
func withServer<Result: Sendable>(
    _ responder: any Responder, configure: (inout ServerConfiguration) -> Void = { _ in },
    _ body: (HTTPServer) async throws -> Result
) async throws -> Result {
    var configuration = ServerConfiguration(port: 0)
    configuration.graceTimeout = .seconds(5)
    configure(&configuration)
    let server = try HTTPServer(configuration: configuration)
    try server.start(responder)
    do {
        let result = try await body(server)
        await server.stop()
        return result
    } catch {
        await server.stop()
        throw error
    }
}
