internal import Synchronization

/// What the library's callbacks share: they get it as their context.
final class ServerCore: Sendable {
    let configuration: ServerConfiguration
    let responder: any Responder
    let watch: ConnectionWatch
    let active = ActiveExchanges()
    private let bodyBytes = Atomic<Int>(0)

    init(configuration: ServerConfiguration, responder: any Responder) throws {
        self.configuration = configuration
        self.responder = responder
        watch = try ConnectionWatch(configuration: configuration)
    }

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
