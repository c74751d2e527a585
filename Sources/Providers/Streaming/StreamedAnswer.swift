internal import Core
internal import HTTPClient

/// Puts an answer together from its bytes, which may be cut anywhere: a stream of events, a document in one piece, or
/// what came instead of either. It never throws while it takes bytes, so that what had arrived before a mistake is told
/// first; `result` says how it ended.
struct StreamedAnswer<Assembly: AnswerAssembly>: Sendable {
    private let errors: UpstreamErrors
    private var assembly: Assembly
    private var form = Form.unknown
    private var parser: ServerSentEventParser
    private let bytesMaximum: Int
    private var document: [UInt8] = []
    private var failure: SignalboxError?
    private var hasDelivered = false

    private enum Form: Sendable {
        case unknown, events, document, page
    }

    /// An answer at its start; errors speak in the provider's name.
    /// - Parameter bytesMaximum: What one event may have, and all that is held of the answer.
    init(_ assembly: Assembly, _ errors: UpstreamErrors, bytesMaximum: Int = Limits.outputBytesMaximum) {
        self.assembly = assembly
        self.errors = errors
        self.bytesMaximum = bytesMaximum
        parser = ServerSentEventParser(eventBytesMaximum: bytesMaximum)
    }

    /// Whether nothing that may follow counts.
    var isFinished: Bool { failure != nil || assembly.isFinished }

    /// Takes the next bytes and gives what arrived with them, stretches of the same kind joined.
    mutating func receive(_ bytes: [UInt8]) -> [ModelEvent] {
        var bytes = bytes
        if form == .unknown { bytes = recognize(bytes) }
        guard !isFinished, !bytes.isEmpty else { return [] }
        switch form {
        case .unknown: return []
        case .events: return deliver { answer, joiner in try answer.takeEvents(bytes, &joiner) }
        case .document, .page:
            let room = form == .page ? Self.pageBytesMaximum : bytesMaximum
            guard document.count + bytes.count <= room else {
                failure = form == .page ? errors.page(document + bytes) : tooLong
                return []
            }
            document += bytes
            return []
        }
    }

    /// The bytes are at their end, for whatever reason; gives what becomes clear only now.
    mutating func end() -> [ModelEvent] {
        guard !isFinished else { return [] }
        switch form {
        case .unknown, .events: return []
        case .page:
            failure = errors.page(document)
            return []
        case .document:
            return deliver { answer, joiner in
                // It may be half of a document, which nobody says when the connection is closed in good order.
                let json = try answer.errors.json(answer.document, cause: TemporaryRefusal())
                for event in try answer.assembly.take(whole: json, answer.errors) { joiner.append(event) }
            }
        }
    }

    /// The whole answer, after `end`.
    /// - Parameter cause: what cut the connection, if it did not end by itself.
    /// - Throws: `CutResponse` when something of the answer had been delivered; else `SignalboxError` with code
    ///   `upstream_error`, whose cause says whether asking again is of use.
    func result(cutBy cause: (any Error)? = nil) throws -> ModelResponse {
        let error: SignalboxError
        var isEmpty = false
        switch (failure, cause) {
        case (let failure?, nil): error = failure
        case (let failure?, _) where form != .document: error = failure
        default:
            isEmpty = assembly.isFinished && !assembly.isComplete && assembly.response.isEmpty
            if assembly.isFinished || assembly.isComplete, !isEmpty { return assembly.response }
            error = isEmpty ? errors.empty : errors.cutShort(after: assembly.response.text, cause: cause)
        }
        // Tokens that are reported are charged, also when nothing came of them.
        guard hasDelivered || isEmpty && assembly.response.usage != nil else { throw error }
        var response = assembly.response
        response.stopReason = .cut
        throw CutResponse(response, error)
    }

    /// Tells events from documents by the first byte that is not space, whatever the header says: servers send errors
    /// as streams and streams as JSON. Gives the bytes from there on; space and byte order mark in front mean nothing.
    private mutating func recognize(_ bytes: [UInt8]) -> [UInt8] {
        let ignored: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF]
        guard let start = bytes.firstIndex(where: { !ignored.contains($0) }) else { return [] }
        switch bytes[start] {
        // data, event, id, retry, and comments.
        case UInt8(ascii: "d"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "r"), UInt8(ascii: ":"):
            form = .events
        case UInt8(ascii: "<"): form = .page
        default: form = .document
        }
        return Array(bytes[start...])
    }

    private mutating func takeEvents(_ bytes: [UInt8], _ joiner: inout EventJoiner) throws {
        let events: [ServerSentEventParser.Event]
        do {
            events = try parser.receive(bytes)
        } catch let error as SignalboxError where error.code == .limit {
            throw errors.failure("sent too much: \(error.message)")
        }
        for event in events where !assembly.isFinished {
            for arrived in try assembly.take(event, errors) { joiner.append(arrived) }
            guard assembly.bytesHeld <= bytesMaximum else { throw tooLong }
        }
    }

    /// Runs `body`, keeps its error, and gives what arrived before it.
    private mutating func deliver(
        _ body: (inout StreamedAnswer, inout EventJoiner) throws -> Void
    ) -> [ModelEvent] {
        var joiner = EventJoiner()
        do {
            try body(&self, &joiner)
        } catch let error as SignalboxError {
            failure = error
        } catch {
            failure = errors.failure("sent something that cannot be read", cause: error)
        }
        let events = joiner.joined()
        if !events.isEmpty { hasDelivered = true }
        return events
    }

    private var tooLong: SignalboxError {
        errors.failure("sent an answer of more than \(bytesMaximum) bytes")
    }

    /// What is read of a page that comes instead of an answer.
    private static var pageBytesMaximum: Int { 64 << 10 }
}

extension ModelResponse {
    /// Whether there is nothing in it that anybody could go on with.
    fileprivate var isEmpty: Bool { text.isEmpty && toolCalls.isEmpty && refusal == nil }
}
