import Core
import HTTPClient
import Testing

@testable import Providers

/// What headers say about limits and about waiting.
@Suite(.timeLimit(.minutes(1)))
struct HeadroomTests {
    /// 2026-11-20T15:00:00Z
    static let now = Timestamp(millisecondsSinceEpoch: 1_795_186_800_000)

    @Test func keepsWhatIsLeft() {
        let headers: ClientHeaders = [
            "X-RateLimit-Remaining-Requests": "59", "anthropic-ratelimit-tokens-reset": "2026-11-20T15:00:30Z",
            "Content-Type": "text/event-stream",
        ]
        #expect(
            headers.headroom == [
                "x-ratelimit-remaining-requests": "59", "anthropic-ratelimit-tokens-reset": "2026-11-20T15:00:30Z",
            ])
    }

    @Test(
        arguments: [
            (429, ["Retry-After": "4"], 4_000), (503, ["retry-after-ms": "250.2", "Retry-After": "4"], 251),
            (429, ["Retry-After": "Fri, 20 Nov 2026 15:00:09 GMT"], 9_000), (529, [:], nil),
            (429, ["retry-after-ms": "nonsense", "Retry-After": "2"], 2_000),
            (429, ["Retry-After": "86400"], 86_400_000),
            (
                429,
                [
                    "x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "6m0s",
                    "x-ratelimit-remaining-tokens": "500", "x-ratelimit-reset-tokens": "20ms",
                ], 360_000
            ),
            (
                429,
                [
                    "x-ratelimit-remaining-requests": "9999", "x-ratelimit-reset-requests": "8.64s",
                    "x-ratelimit-remaining-tokens": "500", "x-ratelimit-reset-tokens": "1h2m3.5s",
                ], 8_640
            ),
            (
                429,
                [
                    "anthropic-ratelimit-input-tokens-remaining": "0",
                    "anthropic-ratelimit-input-tokens-reset": "2026-11-20T15:00:30Z",
                ], 30_000
            ),
            (429, ["X-RateLimit-Reset": "1795186830000"], nil),
            (503, ["x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "6s"], nil),
        ] as [(Int, [String: String], Int64?)])
    func wait(_ status: Int, _ fields: [String: String], _ milliseconds: Int64?) throws {
        let refusal = try #require(TemporaryRefusal(modelStatus: status, headers: headers(fields), now: Self.now))
        #expect(refusal.retryAfterMilliseconds == milliseconds)
    }

    @Test(
        arguments: [
            (400, [:], false), (401, [:], false), (408, [:], true), (409, [:], true), (500, [:], true),
            (500, ["x-should-retry": "false"], false), (400, ["x-should-retry": "true"], true),
        ] as [(Int, [String: String], Bool)])
    func isTemporary(_ status: Int, _ fields: [String: String], _ isTemporary: Bool) {
        let refusal = TemporaryRefusal(modelStatus: status, headers: headers(fields), now: Self.now)
        #expect((refusal != nil) == isTemporary)
    }

    private func headers(_ fields: [String: String]) -> ClientHeaders {
        var headers: ClientHeaders = [:]
        for (name, value) in fields { headers.add(name, value) }
        return headers
    }
}
