import Core
import Testing

@testable import Providers

/// The arithmetic of tokens: kinds add up to what was reported.
@Suite(.timeLimit(.minutes(1)))
struct TokenUsageTests {
    @Test func sumsArePromptAndCompletion() {
        let usage = TokenUsage(input: 26, cacheRead: 1280, cacheWrite: 10, output: 215, reasoning: 192)
        #expect(usage.prompt == 1316)
        #expect(usage.output == 215)
        #expect(usage.total == 1531)
    }

    @Test func additionAddsEachKind() throws {
        var kinds: JSONObject = [:]
        for (place, kind) in TokenUsage.kinds.enumerated() { kinds[kind.name] = .int(Int64(place + 1)) }
        let usage = TokenUsage(.object(kinds))
        let sum = usage + usage
        for (place, kind) in TokenUsage.kinds.enumerated() {
            #expect(sum[keyPath: kind.kind] == Int64(2 * (place + 1)))
        }
    }

    @Test(arguments: [
        (#"{"prompt_tokens":100,"completion_tokens":20}"#, TokenUsage(input: 100, output: 20)),
        (
            #"{"prompt_tokens":100,"completion_tokens":20,"total_tokens":120,"prompt_tokens_details":{"cached_tokens":64},"completion_tokens_details":{"reasoning_tokens":8}}"#,
            TokenUsage(input: 36, cacheRead: 64, output: 20, reasoning: 8)
        ),
        (
            #"{"prompt_tokens":100,"completion_tokens":20,"total_tokens":150,"completion_tokens_details":{"reasoning_tokens":30}}"#,
            TokenUsage(input: 100, output: 50, reasoning: 30)
        ),
        (
            #"{"prompt_tokens":10,"completion_tokens":2,"prompt_tokens_details":{"cached_tokens":11},"completion_tokens_details":{"reasoning_tokens":3}}"#,
            TokenUsage(input: 10, output: 2)
        ),
        (
            #"{"prompt_tokens":10,"completion_tokens":2,"prompt_tokens_details":null}"#,
            TokenUsage(input: 10, output: 2)
        ),
        (#"{"prompt_tokens":10}"#, nil), (#"{"prompt_tokens":-1,"completion_tokens":2}"#, nil),
        (#"{"prompt_tokens":1.5,"completion_tokens":2}"#, nil), ("[]", nil),
    ])
    func readsWhatIsReported(_ text: String, _ expected: TokenUsage?) throws {
        #expect(TokenUsage(openAIChat: try JSON(parsing: text)) == expected)
    }

    @Test(arguments: [
        TokenUsage(input: 1, output: 2),
        TokenUsage(input: 1, cacheWrite: 3, cacheWriteHour: 4, output: 2, audioOutput: 1, webSearches: 5),
        .estimate(prompt: "12345", completion: ""),
    ])
    func survivesTheJournal(_ usage: TokenUsage) throws {
        #expect(TokenUsage(try JSON(parsing: usage.json.bytes)) == usage)
    }

    @Test(arguments: [("", 0), ("a", 1), ("abcd", 1), ("abcde", 2), ("ääää", 2)])
    func estimatesFromBytes(_ text: String, _ tokens: Int64) {
        #expect(TokenUsage.estimate(prompt: text, completion: text) == TokenUsage(input: tokens, output: tokens))
    }
}
