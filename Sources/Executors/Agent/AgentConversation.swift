internal import Core
internal import Engine
internal import Providers
internal import Store

/// The conversation of a run as a model is sent it, made from what the journal has, each message once.
struct AgentConversation {
    private var messages: [Message]
    /// How many messages of the journal are in it.
    private var taken = 0

    /// A conversation that has only the prompt.
    init(_ call: StepWork.Agent, files: [TaskFile]) {
        let parts = AttachedFiles.matching(call.attachments, among: files).map {
            MessagePart.file(AttachedFile(name: $0.name, mediaType: $0.mediaType, hash: $0.hash))
        }
        messages = [Message(.user, parts + [.text(call.prompt)])]
    }

    /// Takes what has been said since.
    mutating func append(_ conversation: [ConversationMessage]) {
        for message in conversation.dropFirst(taken) { append(message) }
        taken = conversation.count
    }

    private mutating func append(_ message: ConversationMessage) {
        switch message.speaker {
        case .model:
            messages.append(Message(.assistant, [MessagePart](json: message.parts) ?? [.text(message.text)]))
        case .person: add([.text(message.text)])
        case .signalbox: add([.text("[Signalbox] " + message.text)])
        case .tool:
            let parts = [MessagePart](json: message.parts) ?? [.text(message.text)]
            let result = ToolResult(
                callID: message.call ?? "", name: message.tool ?? "", parts: parts, isError: message.isError)
            add([.toolResult(result)])
            orderResults()
        }
    }

    /// Results stand in the order of their calls, in whichever they ended: some providers tell them apart by nothing else.
    private mutating func orderResults() {
        guard let last = messages.last, let asked = messages.dropLast().last(where: { $0.role == .assistant }) else {
            return
        }
        let calls = asked.parts.compactMap { part in if case .toolCall(let call) = part { call.id } else { nil } }
        let order = Dictionary(calls.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        func place(_ part: MessagePart) -> Int {
            if case .toolResult(let result) = part { order[result.callID] ?? calls.count } else { calls.count + 1 }
        }
        let sorted = last.parts.enumerated().sorted {
            (place($0.element), $0.offset) < (place($1.element), $1.offset)
        }
        messages[messages.count - 1].parts = sorted.map(\.element)
    }

    /// Providers want the sides to take turns: what comes between two answers is one message.
    private mutating func add(_ parts: [MessagePart]) {
        if messages.last?.role == .user, messages.count > 1 {
            messages[messages.count - 1].parts += parts
        } else {
            messages.append(Message(.user, parts))
        }
    }

    /// All messages, with the bytes of the files that are shown.
    func messages(loading blobs: BlobStore) async throws -> [Message] {
        guard messages.contains(where: { $0.parts.contains(where: \.hasFile) }) else { return messages }
        let messages = messages
        return try await onOwnThread("attachments") {
            try messages.map { message in
                Message(message.role, try message.parts.map { try $0.loaded(from: blobs) })
            }
        }
    }
}

extension MessagePart {
    fileprivate var hasFile: Bool {
        switch self {
        case .file: true
        case .toolResult(let result): result.parts.contains(where: \.hasFile)
        default: false
        }
    }

    fileprivate func loaded(from blobs: BlobStore) throws -> MessagePart {
        switch self {
        case .file(let named):
            let bytes = try FileSystem.read(
                blobs.path(of: named.hash), maximum: Limits.attachmentBytesMaximum, called: named.name)
            let file = named.loaded(bytes)
            guard file.isText else { return .file(file) }
            let text = String(decoding: bytes, as: UTF8.self)
            return .text(MarkedData.wrap(text, from: "the file \(file.name)", callID: file.hash.rawValue))
        case .toolResult(var result):
            result.parts = try result.parts.map { try $0.loaded(from: blobs) }
            return .toolResult(result)
        default: return self
        }
    }
}
