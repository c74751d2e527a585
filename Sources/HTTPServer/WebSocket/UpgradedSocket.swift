internal import CMicrohttpd
internal import Glibc

/// The socket of a connection that libmicrohttpd has handed over. "The application must close it with
/// `MHD_UPGRADE_ACTION_CLOSE`", once, from any thread; until then the library counts the connection as suspended.
///
/// Unchecked: only the thread of the WebSockets uses it after it was made.
@safe
struct UpgradedSocket: @unchecked Sendable {
    private let handle: OpaquePointer
    let descriptor: Int32

    init(handle: OpaquePointer, descriptor: Int32) {
        unsafe self.handle = unsafe handle
        self.descriptor = descriptor
        // The library has let the kernel collect small packets, which costs every message 40 ms.
        var yes: Int32 = 1
        unsafe setsockopt(
            descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
        let flags = fcntl(descriptor, F_GETFL)
        _ = fcntl(descriptor, F_SETFL, flags | O_NONBLOCK)
    }

    /// Gives it back; it must not be used afterwards.
    func close() { unsafe signalbox_mhd_close_upgraded(handle) }
}
