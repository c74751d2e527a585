internal import Core
internal import HTTPClient

/// What becomes of the bytes of a server that arrive in pieces: the entry for fuzzing, which needs no server and never
/// traps.
package struct ReadMessages: Sendable, Hashable {
    /// What each message is, or why it is none; the last may be why the server is given up.
    package private(set) var notes: [String] = []

    /// Reads what a program writes to its stdout.
    package static func lines(_ pieces: [[UInt8]]) -> ReadMessages {
        var splitter = LineSplitter()
        return reading(pieces) { try splitter.receive($0) }
    }

    /// Reads a stream of events.
    package static func events(_ pieces: [[UInt8]]) -> ReadMessages {
        var parser = ServerSentEventParser(eventBytesMaximum: Limits.mcpMessageBytesMaximum)
        return reading(pieces) { try parser.receive($0).map(\.data) }
    }

    /// Reads a message that is a document by itself.
    package static func document(_ bytes: [UInt8]) -> ReadMessages { reading([bytes]) { [$0] } }

    private static func reading(_ pieces: [[UInt8]], _ messages: ([UInt8]) throws -> [[UInt8]]) -> ReadMessages {
        var read = ReadMessages()
        for piece in pieces {
            do {
                for message in try messages(piece) { read.take(message) }
            } catch {
                read.notes.append("given up: \(error)")
                break
            }
        }
        return read
    }

    private mutating func take(_ bytes: [UInt8]) {
        do {
            switch try RPCMessage.read(bytes) {
            case .result(let id, let members):
                notes.append("result \(id.text): \(Self.readings(of: members))")
            case .error(let id, let error): notes.append("error \(id?.text ?? "-"): \(error.reason)")
            case .request(let id, let method, let params):
                let isQuestion = Self.isRead { try MCPQuestion(key: method, params: .object(params)).fields }
                notes.append("request \(id.text) \(method) \(isQuestion)")
            case .notification(let method, let params):
                notes.append("notification \(method) \(MCPProgress(params) != nil)")
            }
        } catch let malformed as RPCMessage.Malformed {
            notes.append("\(malformed.id?.text ?? "-"): \(malformed.reason)")
        } catch {
            preconditionFailure("A message was refused with an error of another kind: \(error)")
        }
    }

    /// As which answers it can be read: a result says nothing of what was asked.
    private static func readings(of members: JSONObject) -> [String] {
        let reader = MemberReader(members, "the result")
        let tries: [(String, () throws -> Any)] = [
            (
                "tools",
                { try reader.array("tools").map { try KnownTool($0, server: "fuzz").headers.values(in: members) } }
            ),
            ("resources", { try reader.array("resources").map { try MCPResource($0) } }),
            ("templates", { try reader.array("resourceTemplates").map { try MCPResourceTemplate($0) } }),
            ("prompts", { try reader.array("prompts").map { try MCPPrompt($0) } }),
            ("contents", { try reader.array("contents").map { try MCPResourceContents($0) } }),
            ("prompt", { try MCPPromptText(members) }),
            ("call", { try MCPToolResult(members) }),
            (
                "questions",
                {
                    try (reader.optionalObject("inputRequests") ?? [:]).map { key, request in
                        try MCPQuestion(key: key, params: request["params"] ?? .null).fields
                    }
                }
            ),
        ]
        return tries.filter { isRead($0.1) }.map(\.0)
    }

    private static func isRead<Value>(_ read: () throws -> Value) -> Bool {
        do {
            _ = try read()
            return true
        } catch {
            precondition(error is Fault || error is SignalboxError, "An answer was refused with \(error).")
            return false
        }
    }
}
