internal import Core
internal import FakeModel

extension FuzzTarget {
    /// Files that the fake model server answers from.
    static let fakeScript = FuzzTarget("fake-script") { bytes in
        _ = try unlessRefused { try FakeScript(parsing: Input.text(bytes), path: "answers.yaml") }
    }

    /// Requests to the fake model server, each as its interface has them: it answers with documents, or refuses with one.
    static let fakeChat = fakeRequest("fake-chat", .chatCompletions)
    static let fakeResponses = fakeRequest("fake-responses", .responses)
    static let fakeMessages = fakeRequest("fake-messages", .messages)
    static let fakeGemini = fakeRequest("fake-gemini", .generateContent, .streamedContent)

    private static func fakeRequest(_ name: String, _ interfaces: FakeAnswers.Interface...) -> FuzzTarget {
        FuzzTarget(name) { bytes in
            for interface in interfaces {
                guard let answer = try unlessRefused({ try FakeAnswers.answer(interface, body: bytes) }) else {
                    continue
                }
                switch answer {
                case .refused(let status, let document):
                    try require((400...499).contains(status), "a request is refused with the status \(status)")
                    try require(document["error"]?.objectValue != nil, "a refusal without an error object")
                case .given(let document, let events):
                    try require(try JSON(parsing: document.bytes) == document, "an answer that is no JSON")
                    try require(!events.isEmpty, "a stream without a message")
                    for event in events { try requireMessages(event) }
                }
            }
        }
    }

    /// Each `data:` line of a stream holds JSON, or the word for its end.
    private static func requireMessages(_ event: [UInt8]) throws {
        for line in event.split(separator: UInt8(ascii: "\n")) where line.starts(with: "data: ".utf8) {
            let data = Array(line.dropFirst(6))
            guard data != Array("[DONE]".utf8) else { continue }
            try require(try unlessRefused { try JSON(parsing: data) } != nil, "a message of a stream is no JSON")
        }
    }
}
