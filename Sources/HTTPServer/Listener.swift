internal import Core
internal import Glibc

/// A listening socket on the loopback. It is opened by us rather than by libmicrohttpd, which cannot say why it failed.
struct Listener: Sendable {
    let socket: Int32
    /// The real port, also when 0 was asked for.
    let port: UInt16
    let isIPv6: Bool

    private static let backlog: Int32 = 4_096

    /// Binds and listens; clients may connect from now on, and wait until somebody accepts them.
    init(host: String, port: UInt16) throws {
        let host = host == "localhost" ? "127.0.0.1" : host
        isIPv6 = host.contains(":")
        guard isIPv6 ? host == "::1" : Self.isLoopbackIPv4(host) else {
            throw SignalboxError(
                .configuration, "The server cannot listen on \(host).",
                hint: "Without accounts only this machine may reach it: use 127.0.0.1, ::1 or localhost.")
        }
        let descriptor = Glibc.socket(
            isIPv6 ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else {
            throw SignalboxError(.configuration, "No socket can be opened (\(systemErrorText(errno))).")
        }
        do {
            try Self.bind(descriptor, host: host, port: port, isIPv6: isIPv6)
            guard listen(descriptor, Self.backlog) == 0 else { throw Self.failure(errno, host: host, port: port) }
            self.port = try Self.port(of: descriptor)
        } catch {
            Glibc.close(descriptor)
            throw error
        }
        socket = descriptor
    }

    /// Frees the port, if no daemon has been given it, which does so when it stops.
    func close() { Glibc.close(socket) }

    private static func isLoopbackIPv4(_ host: String) -> Bool {
        var address = in_addr()
        return unsafe inet_pton(AF_INET, host, &address) == 1 && UInt32(bigEndian: address.s_addr) >> 24 == 127
    }

    private static func bind(_ descriptor: Int32, host: String, port: UInt16, isIPv6: Bool) throws {
        // Lets a restarted server have its port back at once; a port that somebody listens on stays refused on Linux.
        var yes: Int32 = 1
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        let code: Int32
        if isIPv6 {
            var address = sockaddr_in6()
            address.sin6_family = sa_family_t(AF_INET6)
            address.sin6_port = port.bigEndian
            unsafe inet_pton(AF_INET6, host, &address.sin6_addr)
            code = unsafe withUnsafeBytes(of: &address) { unsafe bind(descriptor, $0) }
        } else {
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            unsafe inet_pton(AF_INET, host, &address.sin_addr)
            code = unsafe withUnsafeBytes(of: &address) { unsafe bind(descriptor, $0) }
        }
        guard code == 0 else { throw failure(errno, host: host, port: port) }
    }

    private static func bind(_ descriptor: Int32, _ address: UnsafeRawBufferPointer) -> Int32 {
        unsafe Glibc.bind(
            descriptor, address.assumingMemoryBound(to: sockaddr.self).baseAddress, socklen_t(address.count))
    }

    private static func port(of descriptor: Int32) throws -> UInt16 {
        // Port and family stand at the same places in the addresses of both families.
        var address = sockaddr_in6()
        var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let code = unsafe withUnsafeMutableBytes(of: &address) {
            unsafe getsockname(descriptor, $0.assumingMemoryBound(to: sockaddr.self).baseAddress, &length)
        }
        guard code == 0 else {
            throw SignalboxError(.configuration, "The port cannot be read (\(systemErrorText(errno))).")
        }
        return UInt16(bigEndian: address.sin6_port)
    }

    private static func failure(_ code: Int32, host: String, port: UInt16) -> SignalboxError {
        switch code {
        case EADDRINUSE:
            SignalboxError(
                .configuration, "Port \(port) is taken by another program.", hint: "Choose another with --port.")
        case EACCES:
            SignalboxError(
                .configuration, "The system does not let this program listen on port \(port).",
                hint: "Choose a port from 1024 on with --port.")
        case EADDRNOTAVAIL:
            SignalboxError(.configuration, "This machine has no address \(host).", hint: "Use 127.0.0.1.")
        default:
            SignalboxError(
                .configuration, "The server cannot listen on \(host), port \(port) (\(systemErrorText(code))).")
        }
    }
}
