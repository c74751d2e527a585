internal import Core
internal import HTTPClient

/// An answer of the Messages interface as far as it has been received, as events of a stream or in one piece.
/// (https://platform.claude.com/docs/en/build-with-claude/streaming)
struct AnthropicMessage: AnswerAssembly {
    let model: ModelName
    /// What the final answer must be, where it comes as a call of `AnthropicRequest.answerTool`.
    let answerSchema: JSON?

    private(set) var blocks: [AnthropicBlock] = []
    private(set) var stopReason: String?
    private(set) var refusal: String?
    private(set) var usage: JSON?
    private(set) var responseModel: String?
    private(set) var responseID: String?
    private(set) var isFinished = false
    private(set) var bytesHeld = 0

    /// The place of each block among `blocks`, by its index in the stream.
    private var places: [Int64: Int] = [:]
    private var ids = ToolCallIDs()

    /// An answer at its start.
    init(of model: ModelName, answerSchema: JSON? = nil) {
        self.model = model
        self.answerSchema = answerSchema
    }

    var isComplete: Bool { stopReason != nil }

    /// All text so far.
    private var text: String { blocks.filter { $0.kind == .text }.map(\.text).joined() }

    mutating func take(_ event: ServerSentEventParser.Event, _ errors: UpstreamErrors) throws -> [ModelEvent] {
        let json = try errors.json(event.data)
        guard case .object = json else { throw errors.malformed(json) }
        // Other events may be added to the protocol at any time; `ping` is one that says nothing.
        switch json["type"]?.stringValue ?? event.name {
        case "message_start":
            guard let message = json["message"]?.objectValue else { throw errors.malformed(json) }
            // Some streams begin with content, and with the reason for their end.
            return try begin(message) + take(content: message["content"], of: json, errors) + end(message)
        case "content_block_start":
            guard let block = json["content_block"]?.objectValue else { throw errors.malformed(json) }
            return begin(block, at: json["index"]?.intValue)
        case "content_block_delta":
            guard let delta = json["delta"], case .object = delta, let place = place(json["index"]) else {
                throw errors.malformed(json)
            }
            let event = blocks[place].take(delta, bytes: &bytesHeld)
            // The answer in the form of a call is told as text, once it is whole.
            return isAnswer(blocks[place]) ? [] : event.map { [$0] } ?? []
        case "content_block_stop":
            guard let place = place(json["index"]) else { throw errors.malformed(json) }
            return close(place)
        case "message_delta":
            guard let delta = json["delta"]?.objectValue else { throw errors.malformed(json) }
            note(usage: json["usage"])
            return end(delta)
        case "message_stop":
            isFinished = true
            return []
        case "error": throw errors.inStream(json["error"] ?? json, after: text)
        default: return []
        }
    }

    mutating func take(whole json: JSON, _ errors: UpstreamErrors) throws -> [ModelEvent] {
        if let error = json["error"], !error.isNull { throw errors.inStream(error, after: "") }
        guard let message = json.objectValue, case .array? = message["content"] else { throw errors.malformed(json) }
        let events = try begin(message) + take(content: message["content"], of: json, errors) + end(message)
        isFinished = true
        return events
    }

    /// Takes blocks that come at once.
    private mutating func take(
        content: JSON?, of json: JSON, _ errors: UpstreamErrors
    ) throws -> [ModelEvent] {
        var events: [ModelEvent] = []
        for block in content?.arrayValue ?? [] {
            guard let start = block.objectValue else { throw errors.malformed(json) }
            events += begin(start, at: Int64(blocks.count))
            events += close(blocks.count - 1)
        }
        return events
    }
}

extension AnthropicMessage {
    private mutating func begin(_ message: JSONObject) -> [ModelEvent] {
        responseID = message["id"]?.stringValue ?? responseID
        responseModel = message["model"]?.stringValue ?? responseModel
        note(usage: message["usage"])
        return []
    }

    private mutating func note(usage reported: JSON?) {
        guard let reported, case .object = reported else { return }
        usage = usage?.usage(updatedBy: reported) ?? reported
    }

    private mutating func begin(_ start: JSONObject, at index: Int64?) -> [ModelEvent] {
        let block = AnthropicBlock(start, ids: &ids)
        places[index ?? Int64(blocks.count)] = blocks.count
        blocks.append(block)
        bytesHeld += block.bytesHeld
        switch block.kind {
        case .text: return block.text.isEmpty ? [] : [.text(block.text)]
        case .thinking: return block.text.isEmpty ? [] : [.reasoning(block.text)]
        case .toolCall(let id, let name):
            guard !isAnswer(block) else { return [] }
            let input = block.inputText
            return [.toolCall(id: id, name: name)] + (input.isEmpty ? [] : [.toolArguments(input)])
        case .searchResult, .redactedThinking, .serverTool, .unknown:
            bytesHeld += JSON.object(start).bytes.count
            return []
        }
    }

    private mutating func close(_ place: Int) -> [ModelEvent] {
        guard blocks[place].isOpen else { return [] }
        blocks[place].isOpen = false
        let block = blocks[place]
        if isAnswer(block) { return [.text(answerText(block))] }
        guard case .serverTool("web_search") = block.kind else { return [] }
        return [.webSearch(query: block.input?["query"]?.stringValue ?? "")]
    }

    private mutating func end(_ delta: JSONObject) -> [ModelEvent] {
        stopReason = delta["stop_reason"]?.stringValue ?? stopReason
        guard stopReason == "refusal", refusal == nil else { return [] }
        let details = delta["stop_details"]
        let category = details?["category"]?.stringValue.map { " (\($0))" } ?? ""
        let sentence =
            details?["explanation"]?.stringValue ?? "The provider's safety filter declined to answer\(category)."
        refusal = sentence
        return [.refusal(sentence)]
    }

    /// The place of the block of that index; the last one for servers that give no index.
    private func place(_ index: JSON?) -> Int? {
        guard let index = index?.intValue else { return blocks.indices.last }
        return places[index]
    }
}
