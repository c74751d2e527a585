import Core
import HTTPClient
import TestSupport
import Testing

@testable import Providers

/// What must hold for the reader of any provider's answers, whatever arrives.
struct AnswerTrial<Assembly: AnswerAssembly>: Sendable {
    let recorded: [UInt8]
    /// At its start.
    let assembly: Assembly
    let errors: UpstreamErrors

    init(_ recorded: String, as assembly: Assembly, provider: String) {
        self.recorded = Array(recorded.utf8)
        self.assembly = assembly
        errors = UpstreamErrors(provider: provider, secret: nil, keyPlace: nil, model: "m", form: "an answer")
    }

    private func read(_ bytes: [UInt8], _ cuts: [Int]) -> ReadAnswer {
        ReadAnswer(bytes, cuts: cuts, as: assembly, errors)
    }

    /// The same answer and the same text of the events, wherever the bytes are cut in two, and byte by byte.
    func checkCuts() throws {
        let whole = read(recorded, [])
        let expected = try whole.result.get()
        // Each place is one of the cuts of the last round; two pieces are tried at some of them only, for time.
        for cuts in stride(from: 0, through: recorded.count, by: 13).map({ [$0] }) + [Array(0...recorded.count)] {
            let answer = read(recorded, cuts)
            #expect(try answer.result.get() == expected, "cut at \(cuts)")
            #expect(Self.text(answer.events) == Self.text(whole.events), "cut at \(cuts)")
        }
    }

    /// Each beginning of the answer ends in a defined state: the whole answer, what there is of it, or an error after
    /// which it is asked for again.
    /// - Returns: How many ended in each of the three.
    func checkBeginnings() throws -> (whole: Int, cut: Int, nothing: Int) {
        let text = try read(recorded, []).result.get().text
        var counts = (whole: 0, cut: 0, nothing: 0)
        var arriving = StreamedAnswer(assembly, errors)
        var hasArrived = false
        for end in 0...recorded.count {
            // Byte by byte, so that each beginning goes on from the one before.
            if end > 0, !arriving.receive([recorded[end - 1]]).isEmpty { hasArrived = true }
            var ended = arriving
            let last = ended.end()
            let result = Result { [ended] in try ended.result() }
            switch result {
            case .success(let response):
                #expect(response.text == text, "ends at byte \(end)")
                counts.whole += 1
            case .failure(let cut as CutResponse):
                #expect(hasArrived || !last.isEmpty, "ends at byte \(end)")
                #expect(cut.response.stopReason == .cut, "ends at byte \(end)")
                #expect(text.hasPrefix(cut.response.text), "ends at byte \(end)")
                #expect(cut.error.code == .upstream, "ends at byte \(end)")
                counts.cut += 1
            case .failure(let error as SignalboxError):
                #expect(!hasArrived && last.isEmpty, "ends at byte \(end)")
                #expect(error.code == .upstream, "ends at byte \(end)")
                #expect(error.cause is TemporaryRefusal, "ends at byte \(end): \(error)")
                counts.nothing += 1
            case .failure(let error): Issue.record("ends at byte \(end): \(error)")
            }
        }
        return counts
    }

    /// Answers with bytes changed, left out, doubled and moved: always an answer, what there is of it, or an error of the
    /// provider.
    func checkMutations(count: Int, seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for number in 0..<count {
            let bytes = mutated(&generator)
            let cuts = [Int.random(in: 0...bytes.count, using: &generator)]
            switch read(bytes, cuts).result {
            case .success: break
            case .failure(let cut as CutResponse):
                #expect(cut.response.stopReason == .cut, "mutation \(number) of seed \(seed)")
            case .failure(let error as SignalboxError):
                #expect(error.code == .upstream, "mutation \(number) of seed \(seed)")
            case .failure(let error): Issue.record("mutation \(number) of seed \(seed): \(error)")
            }
        }
    }

    /// An event of 50 MB is refused when it passes the limit, without being read to its end; what came before counts.
    /// - Parameter line: the data of an event that delivers something.
    func checkBound(after line: String) throws {
        var answer = StreamedAnswer(assembly, errors)
        _ = answer.receive(Array("data: \(line)\n\ndata: \"".utf8))
        let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 4 << 20)
        var count = 0
        while !answer.isFinished, count < 50 << 20 {
            _ = answer.receive(piece)
            count += piece.count
        }
        #expect(count <= Limits.outputBytesMaximum + piece.count)
        let ended = answer
        let cut = try #require(throws: CutResponse.self) { _ = try ended.result() }
        #expect(cut.error.message.hasSuffix("is larger than \(Limits.outputBytesMaximum) bytes."))
    }

    private func mutated(_ generator: inout SeededGenerator) -> [UInt8] {
        var bytes = recorded
        let signs = Array("{}[]\",:\\0-nt\n\r".utf8) + [0xFF, 0xC3, 0x00]
        for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            let end = min(bytes.count, place + Int.random(in: 1...40, using: &generator))
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes[place] = signs.randomElement(using: &generator) ?? 0
            case 2: bytes.removeSubrange(place..<end)
            case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
            default: bytes.removeSubrange(place...)
            }
        }
        return bytes
    }

    private static func text(_ events: [ModelEvent]) -> String {
        events.map { event in
            switch event {
            case .text(let text), .reasoning(let text), .refusal(let text), .toolArguments(let text): text
            case .toolCall(let id, let name): "<\(id) \(name)>"
            case .webSearch(let query): "<search \(query)>"
            }
        }.joined()
    }
}
