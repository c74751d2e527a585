internal import Core

/// What was asked of a server, for the sentences of errors.
enum Subject: Sendable {
    case server
    case list(String)
    case tool(String)
    case resource(String)
    case prompt(String)

    /// - Parameter server: its name in the settings.
    func sentence(of server: String, _ reason: String) -> String {
        let server = "the MCP server \"\(server)\""
        return switch self {
        case .server: "T\(server.dropFirst()) cannot be used: \(reason)."
        case .list(let what): "The \(what) of \(server) cannot be listed: \(reason)."
        case .tool(let name): "The tool \"\(shortened(name))\" of \(server) failed: \(reason)."
        case .resource(let uri): "The resource \"\(shortened(uri))\" of \(server) cannot be read: \(reason)."
        case .prompt(let name): "The prompt \"\(shortened(name))\" of \(server) cannot be had: \(reason)."
        }
    }

    private func shortened(_ name: String) -> String {
        name.count <= 80 ? name : name.prefix(80) + "…"
    }

    /// The error for callers. The end of the caller's task passes unchanged, and what already names what it is about.
    func error(_ error: any Error, of server: String, hiding secrets: Redaction) -> any Error {
        switch error {
        case let fault as Fault:
            SignalboxError(
                .upstream, secrets.applied(to: sentence(of: server, fault.reason)),
                hint: fault.hint.map { secrets.applied(to: $0) }, cause: fault.cause)
        case let error as RPCError:
            SignalboxError(
                .upstream, secrets.applied(to: sentence(of: server, error.reason)), hint: error.hint, cause: error)
        case let error as SignalboxError where ![.notFound, .gone, .limit].contains(error.code):
            // What lower rooms say of the address, the network or this machine.
            SignalboxError(
                error.code, secrets.applied(to: sentence(of: server, error.message.asReason)), hint: error.hint,
                cause: error.cause ?? error)
        default: error
        }
    }
}

extension String {
    /// A sentence as the end of another.
    var asReason: String { hasSuffix(".") ? String(dropLast()) : self }
}
