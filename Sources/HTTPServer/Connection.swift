internal import CMicrohttpd

/// A connection as libmicrohttpd knows it.
///
/// Unchecked: the library lets any thread resume a suspended connection; everything else here is called on the
/// connection's own thread, inside a callback.
@safe
struct Connection: @unchecked Sendable {
    let handle: OpaquePointer

    init(_ handle: OpaquePointer) {
        unsafe self.handle = unsafe handle
    }

    /// Takes the connection out of the library's loop. It must be resumed before the daemon is stopped.
    func suspend() { unsafe MHD_suspend_connection(handle) }

    /// Puts a suspended connection back. "Call this at most once for each suspension": who takes the mark of the
    /// suspension under a lock, resumes.
    func resume() { unsafe MHD_resume_connection(handle) }

    /// The watch's number of this connection, kept by the library beside the socket.
    var watchID: UInt64 { UInt64(UInt(bitPattern: unsafe signalbox_mhd_socket_context(handle))) }

    var socket: Int32 { unsafe signalbox_mhd_socket(handle) }
}
