internal import Core
internal import HTTPServer
internal import Runtime
internal import Store

/// One client on a WebSocket: takes its requests one after the other, and sends what it has subscribed to. The client's
/// own pace decides: what it does not take waits in the journal.
struct SocketSession {
    private let socket: WebSocket
    private let runtime: Runtime
    private var subscriptions: [String: Task<Void, Never>] = [:]

    /// How many events a subscription holds while its client takes none: few, for each may have 64 KiB.
    private static let eventsAtOnce = 16

    init(_ socket: WebSocket, _ runtime: Runtime) {
        self.socket = socket
        self.runtime = runtime
    }

    /// Serves the client until it has gone.
    consuming func run() async throws {
        do {
            while let text = try await socket.next() { try await take(text) }
        } catch {
            await endAll()
            throw error
        }
        await endAll()
    }

    private mutating func take(_ text: String) async throws {
        do {
            switch try SocketRequest(text) {
            case .unsubscribe(let name): try await unsubscribe(name)
            case .subscribe(let name, let task, let after, let filter):
                try await subscribe(name, task, after: after, filter)
            }
        } catch let error as SignalboxError {
            try await socket.send(SocketMessage.error(error, SocketRequest.name(in: text)))
        }
    }

    private mutating func subscribe(
        _ name: String, _ task: String?, after: Position, _ filter: LiveFilter
    ) async throws {
        guard subscriptions[name] == nil else {
            throw SignalboxError(.conflict, "There is a subscription \"\(name)\" already.")
        }
        guard subscriptions.count < Limits.socketSubscriptionsMaximum else {
            throw SignalboxError(
                .limit, "A connection has at most \(Limits.socketSubscriptionsMaximum) subscriptions.")
        }
        var filter = filter
        if let task { filter.task = try await runtime.task(task).number }
        let reader = runtime.reader(of: filter, after: after, countAtOnce: Self.eventsAtOnce)
        try await socket.send(SocketMessage.subscribed(name, after: after))
        // Owned by this session, which cancels it when the client does not want it any more, or has gone.
        subscriptions[name] = Task { [socket] in await Self.send(reader, to: socket, as: name) }
    }

    private mutating func unsubscribe(_ name: String) async throws {
        guard let subscription = subscriptions.removeValue(forKey: name) else {
            throw SignalboxError(.notFound, "There is no subscription \"\(name)\".")
        }
        subscription.cancel()
        // Nothing of it comes behind the answer.
        await subscription.value
        try await socket.send(SocketMessage.unsubscribed(name))
    }

    private func endAll() async {
        for subscription in subscriptions.values { subscription.cancel() }
        for subscription in subscriptions.values { await subscription.value }
    }

    private static func send(_ reader: LiveReader, to socket: WebSocket, as name: String) async {
        var reader = reader
        do {
            while true {
                for message in SocketMessage.messages(try await reader.next(), name) { try await socket.send(message) }
            }
        } catch is CancellationError {
            return
        } catch is StreamClosed {
            return
        } catch {
            // The store cannot be read: the client comes back with the position that it has.
            socket.close(.internalError)
        }
    }
}
