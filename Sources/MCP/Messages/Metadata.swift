internal import Core

/// The members of `_meta` that mean something here.
enum Metadata {
    /// Of every request from 2026-07-28 on (basic § `_meta`).
    static let revision = "io.modelcontextprotocol/protocolVersion"
    static let clientInfo = "io.modelcontextprotocol/clientInfo"
    static let clientCapabilities = "io.modelcontextprotocol/clientCapabilities"
    static let logLevel = "io.modelcontextprotocol/logLevel"
    static let serverInfo = "io.modelcontextprotocol/serverInfo"
    /// Ours: the same for every run of the same step, so that a server that looks at it does nothing twice.
    static let idempotencyKey = "signalbox/idempotencyKey"

    /// What a client says of itself.
    static let client: JSON = ["name": "signalbox", "title": "Signalbox", "version": .string(Version.number)]

    /// What is offered to servers.
    static func capabilities(mayAsk: Bool) -> JSON {
        mayAsk ? ["elicitation": ["form": [:], "url": [:]]] : [:]
    }

    /// What stands in `_meta` of each request of the revision without sessions.
    static func stateless(mayAsk: Bool, logLevel: String?) -> JSONObject {
        var meta: JSONObject = [
            revision: .string(Revision.stateless.rawValue), clientInfo: client,
            clientCapabilities: capabilities(mayAsk: mayAsk),
        ]
        meta[Self.logLevel] = logLevel.map { .string($0) }
        return meta
    }
}
