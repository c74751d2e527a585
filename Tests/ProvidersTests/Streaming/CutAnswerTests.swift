import Core
import HTTPClient
import TestSupport
import Testing

@testable import Providers

/// Answers that are cut, spoilt or endless: each ends in a defined state, whichever interface it came through.
@Suite(.timeLimit(.minutes(2)))
struct CutAnswerTests {
    /// A recorded answer and who reads it.
    struct Recorded: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var text: String
        var read: @Sendable ([UInt8], [Int]) -> ReadAnswer
        /// What becomes of each beginning of an answer, from none of its bytes to all but the last.
        var beginnings: @Sendable ([UInt8]) -> [ReadAnswer]

        var bytes: [UInt8] { Array(text.utf8) }
    }

    static let recorded: [Recorded] =
        [
            ("chat, text", ChatCompletionFixtures.stream), ("chat, tools", ChatCompletionFixtures.toolStream),
            ("chat, thinking", ChatCompletionFixtures.reasoningStream), ("chat, whole", ChatCompletionFixtures.whole),
        ].map { name, text in
            Recorded(
                testDescription: name, text: text, read: { ReadAnswer.chatCompletion($0, cuts: $1) },
                beginnings: { beginnings($0, ChatCompletion(provider: "openai")) })
        }
        + [
            ("responses, search", ResponseFixtures.searchStream), ("responses, tools", ResponseFixtures.toolStream),
            ("responses, whole", ResponseFixtures.whole),
        ].map { name, text in
            Recorded(
                testDescription: name, text: text, read: { ReadAnswer.openAIResponse($0, cuts: $1) },
                beginnings: { beginnings($0, ResponseAssembly(provider: "openai")) })
        }

    /// An answer that takes its bytes one by one is ended after each of them.
    private static func beginnings(_ bytes: [UInt8], _ assembly: some AnswerAssembly) -> [ReadAnswer] {
        let errors = UpstreamErrors(provider: "openai", secret: nil, keyPlace: nil, model: "")
        var answer = StreamedAnswer(assembly, errors)
        var events: [ModelEvent] = []
        return bytes.map { byte in
            var ended = answer
            let beginning = ReadAnswer(events: events + ended.end(), result: Result { try ended.result() })
            events += answer.receive([byte])
            return beginning
        }
    }

    @Test("However the network cuts it, the answer is the same", arguments: recorded)
    func pieces(_ recorded: Recorded) throws {
        let bytes = recorded.bytes
        let expected = try recorded.read(bytes, []).result.get()
        var generator = SeededGenerator(seed: 4)
        // Long answers are not cut at each byte in one go: the time grows with the square of their length.
        for cut in stride(from: 0, through: bytes.count, by: bytes.count / 4_000 + 1) {
            let cuts = [cut, Int.random(in: 0...bytes.count, using: &generator)]
            #expect(try recorded.read(bytes, cuts).result.get() == expected, "cut at \(cuts)")
        }
        #expect(try recorded.read(bytes, Array(bytes.indices)).result.get() == expected, "byte by byte")
    }

    @Test("Every beginning ends in an answer, a cut answer, or an error that is worth another try", arguments: recorded)
    func prefixes(_ recorded: Recorded) throws {
        let bytes = recorded.bytes
        let whole = try recorded.read(bytes, []).result.get()
        var states: Set<String> = []
        for (end, answer) in recorded.beginnings(bytes).enumerated() {
            switch answer.result {
            case .success(let response):
                states.insert("whole")
                // What may be missing is only what comes behind the end: the usage.
                #expect(response.parts == whole.parts, "\(end) bytes")
                #expect(response.stopReason == whole.stopReason, "\(end) bytes")
            case .failure(let cut as CutResponse):
                states.insert("cut")
                #expect(!answer.events.isEmpty, "\(end) bytes")
                #expect(cut.response.stopReason == .cut, "\(end) bytes")
                #expect(whole.text.hasPrefix(cut.response.text), "\(end) bytes")
            case .failure(let error as SignalboxError):
                states.insert("nothing")
                #expect(answer.events.isEmpty, "\(end) bytes")
                #expect(error.code == .upstream)
                #expect(error.cause is TemporaryRefusal, "\(end) bytes: \(error.message)")
            case .failure(let error): Issue.record("\(end) bytes: \(error)")
            }
        }
        let isDocument = recorded.text.hasPrefix("{")
        #expect(states.isSuperset(of: isDocument ? ["nothing"] : ["nothing", "cut"]))
    }

    @Test("Nothing that is sent instead of an answer is a trap", arguments: recorded)
    func mutations(_ recorded: Recorded) throws {
        var generator = SeededGenerator(seed: 40)
        var states: [String: Int] = [:]
        for _ in 0..<400 {
            let bytes = Self.mutated(recorded.bytes, using: &generator)
            let cuts = (0..<3).map { _ in Int.random(in: 0...bytes.count, using: &generator) }
            let answer = recorded.read(bytes, cuts)
            switch answer.result {
            case .success(let response):
                states["whole", default: 0] += 1
                #expect(Set(response.toolCalls.map(\.id)).count == response.toolCalls.count)
                #expect(!response.toolCalls.contains { $0.id.isEmpty })
            case .failure(is CutResponse):
                states["cut", default: 0] += 1
                #expect(!answer.events.isEmpty)
            case .failure(let error as SignalboxError):
                states["nothing", default: 0] += 1
                #expect(error.code == .upstream)
                #expect(answer.events.isEmpty)
            case .failure(let error): Issue.record("\(error)")
            }
        }
        #expect(states.values.reduce(0, +) == 400)
    }

    private static func mutated(_ bytes: [UInt8], using generator: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        let interesting = Array("{}[]\":,\\\n\r0-9etrunl\u{0}\u{7F}".utf8) + [0xFF, 0xC3, 0xF0]
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            let end = min(bytes.count, place + Int.random(in: 1...40, using: &generator))
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: bytes[place] = interesting.randomElement(using: &generator) ?? 0
            case 1: bytes.insert(interesting.randomElement(using: &generator) ?? 0, at: place)
            case 2: bytes.removeSubrange(place..<max(place + 1, min(end, bytes.count)))
            case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
            default: bytes.removeLast(min(bytes.count - 1, bytes.count - place))
            }
            if bytes.isEmpty { bytes = [0x20] }
        }
        return bytes
    }

    @Test(
        "A delta of 50 MB is refused at its bound",
        arguments: [
            (
                #"data: {"type":"response.output_text.delta","delta":""#,
                "sent too much: An event of the stream is larger"
            ),
            (#"{"choices":[{"message":{"content":""#, "sent an answer of more"),
        ])
    func hugeDelta(_ start: String, _ message: String) throws {
        let errors = UpstreamErrors(provider: "openai", secret: nil, keyPlace: nil, model: "")
        var answer = StreamedAnswer(ResponseAssembly(provider: "openai"), errors)
        #expect(answer.receive(Array(start.utf8)).isEmpty)
        let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 64 << 10)
        var pieces = 0
        while pieces < 50 << 4, !answer.isFinished {
            #expect(answer.receive(piece).isEmpty)
            pieces += 1
        }
        #expect(pieces == Limits.outputBytesMaximum >> 16, "no more than that is taken")
        let error = try #require(throws: SignalboxError.self) { try answer.result() }
        #expect(error.code == .upstream)
        #expect(error.message == "openai \(message) than \(Limits.outputBytesMaximum) bytes.")
    }

    @Test(arguments: recorded)
    func refusesInvalidUTF8(_ recorded: Recorded) throws {
        let answer = recorded.read(Array("data: {\"delta\":\"".utf8) + [0xC3, 0x28] + Array("\"}\n\n".utf8), [])
        let error = try #require(throws: SignalboxError.self) { try answer.result.get() }
        #expect(error.message.hasPrefix("openai sent something that is not JSON: "))
    }

    @Test(arguments: recorded)
    func refusesAPage(_ recorded: Recorded) throws {
        let page = "\n<!DOCTYPE html><html><head><title>Sign in</title></head>"
        let error = try #require(throws: SignalboxError.self) { try recorded.read(Array(page.utf8), [9]).result.get() }
        #expect(error.message.contains(" sent a page of HTML instead of a "))
        #expect(error.message.contains("<title>Sign in</title>"))
        #expect(error.cause == nil, "asking again is no use")
    }

    @Test(
        "An error where an answer should be, with status 200",
        arguments: recorded, ["", "data: "])
    func errorBody(_ recorded: Recorded, _ prefix: String) throws {
        let body = prefix + #"{"error":{"message":"Overloaded","type":"overloaded_error"}}"# + "\n\n"
        let error = try #require(throws: SignalboxError.self) { try recorded.read(Array(body.utf8), []).result.get() }
        #expect(error.message == "openai failed before any text had arrived: Overloaded (overloaded_error).")
        #expect(error.cause is TemporaryRefusal)
    }

    @Test func refusesEndlessPages() throws {
        let page = Array(("<html>" + String(repeating: "x", count: 70 << 10)).utf8)
        let error = try #require(throws: SignalboxError.self) {
            try ReadAnswer.chatCompletion(page, cuts: [10]).result.get()
        }
        #expect(error.message.count < 700)
    }

    @Test func joinsManySmallStretchesWithoutCopyingThemAll() throws {
        let chunk = "data: {\"choices\":[{\"delta\":{\"content\":\"word \"}}]}\n\n"
        let bytes = Array(String(repeating: chunk, count: 20_000).utf8)
        let answer = ReadAnswer.chatCompletion(bytes)
        #expect(answer.events.count == 1, "what arrives together is told together")
        let cut = try #require(throws: CutResponse.self) { try answer.result.get() }
        #expect(cut.response.text.utf8.count == 100_000)
    }
}
