internal import Core

/// A server that has been agreed with on a revision.
struct Session: Sendable {
    let channel: any Channel
    let revision: Revision
    let settings: MCPServerSettings
    let description: MCPServerDescription
    /// From which level on the server is to tell what it logs; nil for nothing.
    let logLevel: String?

    /// Whether the server offers tools, resources or prompts.
    func offers(_ kind: ListKind) -> Bool { description.capabilities[kind.capability] != nil }

    /// Whether it tells when that list changes.
    func tellsChanges(of kind: ListKind) -> Bool {
        description.capabilities[kind.capability]?["listChanged"] == true
    }

    /// Whether it tells so of any list.
    var tellsChanges: Bool { ListKind.allCases.contains { tellsChanges(of: $0) } }

    /// A request in the form of its revision.
    func exchange(_ method: String, _ params: JSONObject = [:], patience: Patience? = nil) -> Exchange {
        var params = params
        if !revision.hasHandshake {
            var meta = Metadata.stateless(mayAsk: settings.mayAsk, logLevel: logLevel)
            for (name, value) in params["_meta"]?.objectValue ?? [:] { meta[name] = value }
            params["_meta"] = .object(meta)
        }
        return Exchange(method, params, patience: patience ?? settings.patience)
    }

    /// Whether the server answers at all.
    func isAlive() async -> Bool {
        let probe = exchange(revision.hasHandshake ? "ping" : "server/discover", patience: .probe)
        do {
            _ = try await channel.perform(probe)
            return true
        } catch is RPCError {
            return true
        } catch {
            return false
        }
    }
}

extension MCPServerSettings {
    var patience: Patience {
        Patience(idle: .milliseconds(timeoutMilliseconds), total: .milliseconds(callMillisecondsMaximum))
    }
}

extension Patience {
    /// For a request that any server answers at once.
    static var probe: Patience {
        Patience(idle: .milliseconds(Limits.mcpProbeMilliseconds), total: .milliseconds(Limits.mcpProbeMilliseconds))
    }

    /// For a stream that goes on for as long as both sides live.
    static var endless: Patience { Patience(idle: .seconds(365 * 86_400), total: .seconds(365 * 86_400)) }
}
