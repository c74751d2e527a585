internal import Core
internal import Engine
internal import Providers

extension FuzzTarget {
    /// What the journal keeps of turns: the turn, its calls, and the parts of messages. What is written of one is read as
    /// the same again.
    static let journal = FuzzTarget("journal") { bytes in
        guard let json = try unlessRefused({ try JSON(parsing: bytes) }) else { return }
        if let turn = try unlessForeign({ try Turn(json) }) {
            _ = turn.isWhole
            for call in turn.calls { try requireSame(call) }
        }
        if let call = try unlessForeign({ try ToolRequest(json) }) { try requireSame(call) }
        if let parts = [MessagePart](json: json) {
            try require([MessagePart](json: .array(parts.map(\.json))) == parts, "written, they are other parts")
        }
        if let message = Message(json) { try requireSame(message) }
    }

    private static func requireSame(_ call: ToolRequest) throws {
        let written = call.json.bytes
        let again = try unlessForeign { try ToolRequest(try JSON(parsing: written)) }
        try require(again?.json.bytes == written, "what was written of a call is read as something else")
    }

    private static func requireSame(_ message: Message) throws {
        let written = message.json.bytes
        let again = Message(try JSON(parsing: written))
        try require(again?.json.bytes == written, "what was written of a message is read as something else")
    }

    /// What was read; nil when no version has written it.
    private static func unlessForeign<Value>(_ read: () throws -> Value) throws -> Value? {
        do {
            return try read()
        } catch is JournalFormatError {
            return nil
        }
    }
}
