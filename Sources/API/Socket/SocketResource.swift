internal import Core
internal import HTTPServer
internal import Runtime

/// `/api/ws`: what `/api/events` streams, over a WebSocket and for several subscriptions at once.
struct SocketResource: Sendable {
    let runtime: Runtime

    var operations: [Operation] {
        [
            Operation(
                .get, "/api/ws", "openSocket", "What has happened and what is being said, over a WebSocket.",
                answers: [
                    Answer(
                        status: .switchingProtocols, summary: "The connection is a WebSocket now (RFC 6455).",
                        contents: [])
                ], problems: [.upgradeRequired]
            ) { call in
                try .webSocket(for: call.request) { socket in try await SocketSession(socket, runtime).run() }
            }
        ]
    }
}
