internal import CMicrohttpd
internal import Core
internal import Glibc

/// A running libmicrohttpd. The callbacks are plain functions outside any isolation, for C calls them on its threads.
///
/// Unchecked: the handle is only used to stop, once, by the server's one stop.
@safe
struct Daemon: @unchecked Sendable {
    private let handle: OpaquePointer
    private let core: Unmanaged<ServerCore>

    /// Connections over the limit that can be told so at the same time; more wait in the kernel.
    private static let refusedConnections = 256

    init(core: ServerCore, listener: Listener) throws {
        let configuration = core.configuration
        let idleSeconds = max(1, configuration.idleTimeout / .seconds(1))
        let settings = signalbox_mhd_settings(
            listen_socket: listener.socket, threads: UInt32(configuration.threads),
            connections: UInt32(core.connectionsMaximum + Self.refusedConnections),
            connection_memory: configuration.connectionMemoryBytes, idle_seconds: UInt32(idleSeconds.rounded(.up)))
        unsafe self.core = unsafe Unmanaged.passRetained(core)
        let callbacks = unsafe signalbox_mhd_callbacks(
            context: self.core.toOpaque(), accept: accepts, target: targetArrived, access: access, completed: completed,
            connection: connectionChanged)
        guard let handle = unsafe signalbox_mhd_start(settings, callbacks) else {
            unsafe self.core.release()
            throw SignalboxError(.configuration, "The HTTP server cannot start (\(systemErrorText(errno))).")
        }
        unsafe self.handle = unsafe handle
    }

    /// Closes what is open, the listening socket with it, and joins the library's threads: blocks. Nothing may be
    /// suspended, or the library aborts.
    func stop() {
        unsafe MHD_stop_daemon(handle)
        unsafe core.release()
    }
}

/// Whether a connection is taken.
private func accepts(
    context: UnsafeMutableRawPointer?, address: UnsafePointer<sockaddr>?, length: socklen_t
) -> MHD_Result {
    guard let context = unsafe context else { return .NO }
    return unsafe Unmanaged<ServerCore>.fromOpaque(context).takeUnretainedValue().acceptsConnections ? .YES : .NO
}

/// The request line is there. What this returns comes back as the context of the other calls.
private func targetArrived(
    context: UnsafeMutableRawPointer?, target: UnsafePointer<CChar>?, connection: OpaquePointer?
) -> UnsafeMutableRawPointer? {
    guard let context = unsafe context, let target = unsafe target, let connection = unsafe connection else {
        return nil
    }
    let core = unsafe Unmanaged<ServerCore>.fromOpaque(context).takeUnretainedValue()
    let bytes = unsafe Array(UnsafeRawBufferPointer(start: target, count: strlen(target)))
    let exchange = unsafe Exchange(core: core, connection: Connection(connection), target: bytes)
    core.watch.receiving(
        exchange.connection.watchID, exchange, deadline: .now + core.configuration.requestTimeout)
    return unsafe Unmanaged.passRetained(exchange).toOpaque()
}

private func access(
    context: UnsafeMutableRawPointer?, connection: OpaquePointer?, url: UnsafePointer<CChar>?,
    method: UnsafePointer<CChar>?, version: UnsafePointer<CChar>?, bytes: UnsafePointer<CChar>?,
    count: UnsafeMutablePointer<Int>?, exchange: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
    guard let raw = unsafe exchange?.pointee, let method = unsafe method, let count = unsafe count else { return .NO }
    let exchange = unsafe Unmanaged<Exchange>.fromOpaque(raw).takeUnretainedValue()
    let piece = unsafe UnsafeRawBufferPointer(start: bytes, count: bytes == nil ? 0 : count.pointee)
    unsafe count.pointee = 0
    return unsafe exchange.access(method: Method(rawValue: String(cString: method)), bytes: piece)
}

private func completed(
    context: UnsafeMutableRawPointer?, connection: OpaquePointer?,
    exchange: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, reason: MHD_RequestTerminationCode
) {
    guard let raw = unsafe exchange?.pointee else { return }
    unsafe exchange?.pointee = nil
    unsafe Unmanaged<Exchange>.fromOpaque(raw).takeRetainedValue().completed()
}

/// A connection was opened or is about to be closed; the watch's number of it is kept in the socket's context.
private func connectionChanged(
    context: UnsafeMutableRawPointer?, connection: OpaquePointer?,
    socketContext: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, change: MHD_ConnectionNotificationCode
) {
    guard let context = unsafe context, let connection = unsafe connection, let socketContext = unsafe socketContext
    else { return }
    let core = unsafe Unmanaged<ServerCore>.fromOpaque(context).takeUnretainedValue()
    if change == .CONNECTION_NOTIFY_STARTED {
        let socket = unsafe Connection(connection).socket
        let (id, count) = core.watch.opened(socket: socket, deadline: .now + core.configuration.requestTimeout)
        unsafe socketContext.pointee = UnsafeMutableRawPointer(bitPattern: UInt(id))
        if count > core.connectionsMaximum { Exchange.refuseConnection(socket, maximum: core.connectionsMaximum) }
    } else {
        core.watch.closed(UInt64(UInt(bitPattern: unsafe socketContext.pointee)))
    }
}
