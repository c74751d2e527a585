internal import CEL
internal import Core
internal import HTTPServer
internal import Plans
internal import Synchronization

/// A reply, and how it is to be handed over.
struct WrittenReply: Sendable {
    var reply = FakeReply()
    var pace = FakeAnswer.Pace()
    var fault = FakeAnswer.Fault()
    var headers: [(name: String, value: String)] = []
}

/// Decides what is answered.
final class ReplyAuthor: Sendable {
    private let script: FakeScript?
    /// How often each answer of the script has been given.
    private let given: Mutex<[Int]>

    init(script: FakeScript?) {
        self.script = script
        given = Mutex(Array(repeating: 0, count: script?.answers.count ?? 0))
    }

    /// - Throws: `SignalboxError` with code `expression_error` when the script has no answer, or a mistake in one.
    func write(for request: FakeRequest, headers: Headers) throws -> WrittenReply {
        guard let script else { return WrittenReply(reply: Echo.reply(to: request)) }
        let scope = FakeScope.scope(of: request, headers, variables: script.variables)
        let answer = try pick(from: script, in: scope)
        var written = WrittenReply(pace: answer.pace, fault: answer.fault)
        do {
            written.reply = try reply(answer, to: request, in: scope)
            written.headers = try answer.fault.headers.map { ($0.name, try $0.value.evaluate(in: scope).plainText) }
        } catch {
            throw SignalboxError(.expression, "The answer at \(answer.place) fails: \(error.sentence)", cause: error)
        }
        return written
    }

    private func pick(from script: FakeScript, in scope: Scope) throws -> FakeAnswer {
        for (place, answer) in script.answers.enumerated() where try fits(answer, in: scope) {
            guard let maximum = answer.repetitions else { return answer }
            let isLeft = given.withLock { given in
                guard given[place] < maximum else { return false }
                given[place] += 1
                return true
            }
            if isLeft { return answer }
        }
        throw SignalboxError(
            .expression, "No answer of the script \(script.path) fits this request: add a last one without \"when\".")
    }

    private func fits(_ answer: FakeAnswer, in scope: Scope) throws -> Bool {
        guard let condition = answer.condition else { return true }
        do {
            guard case .bool(let fits) = try condition.evaluate(in: scope) else {
                throw SignalboxError(.expression, "\"\(condition.source)\" is neither true nor false.")
            }
            return fits
        } catch let error as EvaluationError {
            throw SignalboxError(
                .expression, "The condition at \(answer.place) fails: in \"\(condition.source)\": \(error.message).",
                cause: error)
        }
    }

    private func reply(_ answer: FakeAnswer, to request: FakeRequest, in scope: Scope) throws -> FakeReply {
        var reply = FakeReply()
        reply.thinking = try answer.thinking?.evaluate(in: scope).plainText ?? ""
        reply.text = try answer.text?.evaluate(in: scope).plainText ?? ""
        reply.refusal = try answer.refusal?.evaluate(in: scope).plainText
        reply.toolCalls = try answer.toolCalls.map { call in
            FakeReply.Call(
                name: try call.name.evaluate(in: scope).plainText,
                arguments: try call.arguments.evaluate(in: scope).plainText)
        }
        let usual: FakeReply.Stop = reply.refusal != nil ? .refusal : reply.toolCalls.isEmpty ? .end : .toolUse
        reply.stop = answer.stop ?? usual
        reply.usage = answer.tokens ?? Self.estimate(for: request, reply)
        reply.reportedUsage = answer.usage
        return reply
    }

    /// A guess from the lengths, for answers that do not say.
    static func estimate(for request: FakeRequest, _ reply: FakeReply) -> TokenUsage {
        let said = ([reply.thinking, reply.text, reply.refusal ?? ""] + reply.toolCalls.map(\.arguments)).joined()
        var usage = estimate(for: request, completion: said)
        usage.reasoning = TokenUsage.estimate(prompt: "", completion: reply.thinking).output
        return usage
    }

    static func estimate(for request: FakeRequest, completion: String) -> TokenUsage {
        let bytes = request.messages.reduce(request.system.utf8.count) { $0 + $1.text.utf8.count }
        var usage = TokenUsage.estimate(prompt: "", completion: completion)
        usage.input = Int64(bytes + 3) / 4
        return usage
    }
}

extension JSON {
    /// A text as it is, anything else as JSON.
    var plainText: String { stringValue ?? text }
}
