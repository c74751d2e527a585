internal import Core

/// The tool calls of a chat completion as far as they have arrived: in pieces told apart by index, or by id where a
/// server numbers all of them 0 or none, or whole.
struct ChatToolCalls: Sendable {
    private var calls: [Call] = []
    /// The place of the call that last came with that index.
    private var places: [Int64: Int] = [:]
    private var ids = ToolCallIDs()
    /// What is held in memory, in bytes.
    private(set) var bytesHeld = 0

    private struct Call: Sendable {
        var id: String
        /// The id as the server wrote it.
        var writtenID: String?
        var name: String
        var arguments: String
        /// What the server wants to get back with it.
        var extra: JSON?
    }

    var isEmpty: Bool { calls.isEmpty }

    /// The calls as they stand.
    /// - Parameter provider: whose state it is that goes back with them.
    func calls(of provider: String) -> [ToolCall] {
        calls.map { call in
            ToolCall(
                id: call.id, name: call.name, argumentText: call.arguments,
                state: call.extra.map { ["provider": .string(provider), "extra_content": $0] })
        }
    }

    /// Takes an element of `tool_calls`.
    /// - Parameter isWhole: whether each element is a call of its own, as in an answer in one piece.
    mutating func take(_ delta: JSON, isWhole: Bool, _ errors: UpstreamErrors) throws -> [ModelEvent] {
        guard case .object = delta else { throw errors.malformed(delta) }
        let function = delta["function"] ?? [:]
        let stretch: String
        switch function["arguments"] ?? .null {
        case .null: stretch = ""
        case .string(let text): stretch = text
        // Some servers do not put the arguments into a string.
        case .object(let members): stretch = JSON.object(members).text
        default: throw errors.malformed(delta)
        }
        let piece = Piece(
            index: delta["index"]?.intValue, id: nonEmpty(delta["id"]), name: nonEmpty(function["name"]),
            arguments: stretch)
        bytesHeld += stretch.utf8.count
        if let place = isWhole ? nil : place(for: piece) {
            return extend(place, with: piece, delta["extra_content"])
        }
        return try begin(piece, delta["extra_content"], errors)
    }

    /// An element of `tool_calls` of a stream.
    private struct Piece {
        var index: Int64?
        var id: String?
        var name: String?
        var arguments: String
    }

    /// The call that a piece goes on with; nil when it begins one.
    private func place(for piece: Piece) -> Int? {
        let last = calls.isEmpty ? nil : calls.count - 1
        guard let place = piece.index.map({ places[$0] }) ?? last else { return nil }
        guard let name = piece.name else { return place }
        let call = calls[place]
        if let id = piece.id, id != call.writtenID { return nil }
        if looksComplete(piece.arguments), looksComplete(call.arguments) { return nil }
        if name == call.name { return place }
        // A name in pieces, or another call without index and id.
        return piece.index != nil && call.arguments.isEmpty ? place : nil
    }

    private mutating func begin(_ piece: Piece, _ extra: JSON?, _ errors: UpstreamErrors) throws -> [ModelEvent] {
        guard calls.count < Limits.modelToolCallsMaximum else {
            throw errors.failure("wants to call more than \(Limits.modelToolCallsMaximum) tools at once")
        }
        let call = Call(
            id: ids.next(piece.id), writtenID: piece.id, name: piece.name ?? "", arguments: piece.arguments,
            extra: extra)
        if let index = piece.index { places[index] = calls.count }
        calls.append(call)
        bytesHeld += call.name.utf8.count + call.id.utf8.count + (extra.map { $0.bytes.count } ?? 0)
        let start = ModelEvent.toolCall(id: call.id, name: call.name)
        return piece.arguments.isEmpty ? [start] : [start, .toolArguments(piece.arguments)]
    }

    private mutating func extend(_ place: Int, with piece: Piece, _ extra: JSON?) -> [ModelEvent] {
        if let name = piece.name, name != calls[place].name {
            calls[place].name += name
            bytesHeld += name.utf8.count
        }
        calls[place].arguments += piece.arguments
        if let extra, !extra.isNull {
            calls[place].extra = extra
            bytesHeld += extra.bytes.count
        }
        // Whoever listens is told only of the call that began last; the answer has them all.
        return piece.arguments.isEmpty || place < calls.count - 1 ? [] : [.toolArguments(piece.arguments)]
    }

    private func looksComplete(_ arguments: String) -> Bool {
        arguments.utf8.first == UInt8(ascii: "{") && arguments.utf8.last == UInt8(ascii: "}")
    }

    private func nonEmpty(_ json: JSON?) -> String? {
        guard let text = json?.stringValue, !text.isEmpty else { return nil }
        return text
    }
}
