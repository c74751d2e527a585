internal import Core

/// The way to one running server, or to one session with it. Once it has ended it never works again.
protocol Channel: AnyObject, Sendable {
    /// Sends a request and waits for its answer. Cancelling the task tells the server.
    /// - Throws: `Fault`, `RPCError`, `SessionLost`, `CancellationError`, or `SignalboxError` about limits.
    func perform(_ exchange: Exchange) async throws -> RPCAnswer

    /// Sends a notification. Whether it arrives is not known.
    func notify(_ method: String, _ params: JSONObject) async throws

    /// Takes what a server with sessions sends of itself, until that ends.
    /// - Returns: whether it sends such things at all on a way of its own.
    func listen() async throws -> Bool

    /// The revision that has been agreed on; told once, before anything but the handshake is sent.
    func settle(_ revision: Revision)

    /// Why it works no more; nil while it does.
    var end: Fault? { get }

    /// Ends it and what is under way, giving the server time to end by itself.
    func close() async

    /// Ends it at once, because it is of no use.
    func abandon(_ fault: Fault)
}

/// The session with the server is over; the request has not been carried out.
struct SessionLost: Error {}

/// What a server says apart from its answers, for those who keep lists and logs.
struct ChannelEvents: Sendable {
    /// A list has changed.
    var onChange: @Sendable (ListKind) -> Void
    /// Its subscription to changes stands.
    var onSubscribed: @Sendable () -> Void
    /// `notifications/message`, by its parameters.
    var onLog: @Sendable (JSONObject) -> Void
}

/// The lists that a server keeps.
enum ListKind: String, Sendable, CaseIterable {
    case tools, resources, resourceTemplates, prompts

    /// The member of the capabilities that tells of it.
    var capability: String { self == .resourceTemplates ? "resources" : rawValue }
}

extension ChannelEvents {
    /// Takes a notification that belongs to no request.
    func take(_ method: String, _ params: JSONObject) {
        switch method {
        case "notifications/message": onLog(params)
        case "notifications/tools/list_changed": onChange(.tools)
        case "notifications/prompts/list_changed": onChange(.prompts)
        case "notifications/resources/list_changed":
            onChange(.resources)
            onChange(.resourceTemplates)
        case "notifications/subscriptions/acknowledged": onSubscribed()
        // Others may come with later revisions.
        default: break
        }
    }
}
