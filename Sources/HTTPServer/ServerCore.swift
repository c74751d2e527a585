internal import Synchronization

/// What the library's callbacks share: they get it as their context.
final class ServerCore: Sendable {
    let configuration: ServerConfiguration
    let responder: any Responder
    let watch: ConnectionWatch
    let webSockets: WebSocketLoop
    let active = ActiveExchanges()
    /// Connections that are served at one time.
    let connectionsMaximum: Int
    private let bodyBytes = Atomic<Int>(0)
    private let isRefusing = Atomic(false)

    /// Descriptors for everything that is no connection.
    private static let otherDescriptors = 512

    /// - Parameter descriptors: how many this program may have open.
    init(configuration: ServerConfiguration, responder: any Responder, descriptors: Int) throws {
        self.configuration = configuration
        // Where there are few, half of them are for connections.
        let room = max(descriptors - Self.otherDescriptors, descriptors / 2)
        connectionsMaximum = max(1, min(configuration.connectionsMaximum, room))
        self.responder = responder
        watch = try ConnectionWatch(configuration: configuration)
        webSockets = try WebSocketLoop(bounds: configuration.webSocket)
    }

    /// Whether new connections are taken. `MHD_quiesce_daemon` would say so to the library, and abort the program when one
    /// of its threads happens to look at the listening socket at that moment (0.9.75: both take it out of the epoll set).
    var acceptsConnections: Bool { !isRefusing.load(ordering: .acquiring) }

    /// Closes new connections as they come from now on.
    func refuseConnections() { isRefusing.store(true, ordering: .releasing) }

    /// Reserves memory for a part of a body, unless all bodies together would be too large.
    func reserveBody(_ count: Int) -> Bool {
        let (_, total) = bodyBytes.add(count, ordering: .relaxed)
        guard total > configuration.bodyBytesInMemoryMaximum else { return true }
        bodyBytes.subtract(count, ordering: .relaxed)
        return false
    }

    func releaseBody(_ count: Int) {
        bodyBytes.subtract(count, ordering: .relaxed)
    }
}
