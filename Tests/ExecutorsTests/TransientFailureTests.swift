import Core
import HTTPClient
import Processes
import Providers
import TestSupport
import Testing

@testable import Engine
@testable import Executors

/// Which failures of other systems may go away by themselves, and when to ask again.
@Suite(.timeLimit(.minutes(1)))
struct TransientFailureTests {
    private func get(_ url: String) async throws -> StepOutcome {
        let bench = try await Workbench.make(.none)
        let request = StepWork.Request(method: "GET", url: url, headers: [], body: nil)
        return try await bench.execute(try bench.work(.http(request)))
    }

    @Test(
        arguments: [
            (429, "2", true, 2_000), (503, nil, true, nil), (503, "86400", true, 86_400_000), (500, "never", true, nil),
            (404, "2", false, nil), (400, nil, false, nil),
        ] as [(Int, String?, Bool, Int64?)])
    func answers(status: Int, retryAfter: String?, isTransient: Bool, milliseconds: Int64?) async throws {
        var answer = RecordedAnswer.json("{}", status: status)
        answer.retryAfter = retryAfter
        let outcome = try await RecordedModelServer.serving([answer]) { try await get($0.baseURL) }
        #expect(outcome.failure?.cause == .toolError)
        #expect(outcome.failure?.isTransient == isTransient)
        #expect(outcome.failure?.retryAfterMilliseconds == milliseconds)
        #expect(outcome.trace?["status"]?.intValue == Int64(status))
    }

    @Test("A fault of the server counts as such, whatever its page looks like")
    func unreadablePage() async throws {
        let answer = RecordedAnswer(status: 502, contentType: "application/json", pieces: [Array("<html>".utf8)])
        let outcome = try await RecordedModelServer.serving([answer]) { try await get($0.baseURL) }
        #expect(outcome.failure?.isTransient == true)
    }

    @Test func nobodyListens() async throws {
        let address = try await RecordedModelServer.serving([]) { $0.baseURL }
        let outcome = try await get(address)
        #expect(outcome.failure?.isTransient == true)
        #expect(outcome.failure?.retryAfterMilliseconds == nil)
    }

    @Test(arguments: [
        (TransferFailure.notConnected, true), (.notResolved, true), (.timedOut, true), (.broken, true),
        (.untrusted, false),
        (.redirected, false),
    ])
    func transfers(failure: TransferFailure, isTransient: Bool) {
        let inner = SignalboxError(.upstream, "x", cause: failure)
        #expect(Failure(.toolError, upstream: inner).isTransient == isTransient)
        let outer = SignalboxError(.upstream, "y", cause: inner)
        #expect(Failure(.modelError, upstream: outer).isTransient == isTransient)
    }

    @Test(
        "An answer that had begun to arrive is not asked for again by itself, whatever cut it",
        arguments: [
            TransferFailure.broken, TemporaryRefusal(), TemporaryRefusal(retryAfterMilliseconds: 5),
        ] as [any Error & Sendable])
    func cutAnswers(cause: any Error & Sendable) {
        let error = SignalboxError(.upstream, "x", cause: cause)
        #expect(Failure(.modelError, upstream: error).isTransient)
        let failure = Failure(CutResponse(ModelResponse(text: "half", stopReason: .cut), error))
        #expect(failure.message.contains("4 characters") && failure.message.contains("`retry`"))
        #expect(failure.cause == .modelError && !failure.isTransient && failure.retryAfterMilliseconds == nil)
    }

    @Test func whatIsWrongHereDoesNotGoAway() {
        #expect(!Failure(.modelError, upstream: SignalboxError(.configuration, "no such model")).isTransient)
    }
}
