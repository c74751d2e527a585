import Core
import Testing

@testable import Providers

/// The arithmetic of tokens: kinds add up to what was reported, and unknown stays apart from zero.
@Suite(.timeLimit(.minutes(1)))
struct TokenUsageTests {
    @Test func sumsArePromptAndCompletion() {
        let usage = ReportedUsage(input: 26, cacheRead: 1280, cacheWrite: 10, output: 215, reasoning: 192)
        #expect(usage.prompt == 1316)
        #expect(usage.completion == 215)
        #expect(usage.total == 1531)
    }

    @Test func additionKeepsUnknownApart() {
        let left = ReportedUsage(input: 1, cacheRead: 2, output: 3)
        var sum = left + ReportedUsage(input: 10, output: 30, reasoning: 5, isEstimated: true)
        #expect(sum == ReportedUsage(input: 11, cacheRead: 2, output: 33, reasoning: 5, isEstimated: true))
        sum += left
        #expect(sum.cacheRead == 4)
        #expect(sum.cacheWrite == nil)
    }

    @Test(arguments: [
        (#"{"prompt_tokens":100,"completion_tokens":20}"#, ReportedUsage(input: 100, output: 20)),
        (
            #"{"prompt_tokens":100,"completion_tokens":20,"total_tokens":120,"prompt_tokens_details":{"cached_tokens":64},"completion_tokens_details":{"reasoning_tokens":8}}"#,
            ReportedUsage(input: 36, cacheRead: 64, output: 20, reasoning: 8)
        ),
        (
            #"{"prompt_tokens":100,"completion_tokens":20,"total_tokens":150,"completion_tokens_details":{"reasoning_tokens":30}}"#,
            ReportedUsage(input: 100, output: 50, reasoning: 30)
        ),
        (
            #"{"prompt_tokens":10,"completion_tokens":2,"prompt_tokens_details":{"cached_tokens":11},"completion_tokens_details":{"reasoning_tokens":3}}"#,
            ReportedUsage(input: 10, output: 2)
        ),
        (
            #"{"prompt_tokens":10,"completion_tokens":2,"prompt_tokens_details":null}"#,
            ReportedUsage(input: 10, output: 2)
        ),
        (#"{"prompt_tokens":10}"#, nil), (#"{"prompt_tokens":-1,"completion_tokens":2}"#, nil),
        (#"{"prompt_tokens":1.5,"completion_tokens":2}"#, nil), ("[]", nil),
    ])
    func readsWhatIsReported(_ text: String, _ expected: ReportedUsage?) throws {
        #expect(ReportedUsage(chatCompletion: try JSON(parsing: text)) == expected)
    }

    @Test(arguments: [
        ReportedUsage(input: 1, output: 2),
        ReportedUsage(input: 1, cacheRead: 0, cacheWrite: 3, output: 2, reasoning: 0),
        .estimate(prompt: "12345", completion: ""),
    ])
    func survivesTheJournal(_ usage: ReportedUsage) throws {
        #expect(ReportedUsage(try JSON(parsing: usage.json.bytes)) == usage)
    }

    @Test(arguments: [("", 0), ("a", 1), ("abcd", 1), ("abcde", 2), ("ääää", 2)])
    func estimatesFromBytes(_ text: String, _ tokens: Int) {
        #expect(ReportedUsage.estimate(prompt: text, completion: text).prompt == tokens)
        #expect(ReportedUsage.estimate(prompt: text, completion: text).completion == tokens)
        #expect(ReportedUsage.estimate(prompt: text, completion: text).isEstimated)
    }
}

/// What one call reports, in which unknown is a case of its own; Core's type of the same name adds calls up.
