import Core
import HTTPClient
import Testing

/// How long other systems ask to be left alone.
@Suite(.timeLimit(.minutes(1)))
struct RetryAfterTests {
    /// Sun, 06 Nov 1994 08:49:37 GMT, the example of RFC 9110.
    static let now = Timestamp(millisecondsSinceEpoch: 784_111_777_000)

    @Test(arguments: [
        ("0", 0), ("7", 7_000), (" 120 ", 120_000), ("1.5", 2_000), ("3599", 3_599_000), ("3600", 3_600_000),
        ("86399", 86_399_000), ("86400", 86_400_000),
        ("99999999999999999999", 86_400_000), ("Sun, 06 Nov 1994 08:50:07 GMT", 30_000),
        ("Sun, 06 Nov 1994 08:49:37 GMT", 0), ("Sun, 06 Nov 1994 08:00:00 GMT", 0),
        ("Mon, 07 Nov 1994 08:49:37 GMT", 86_400_000), ("Tue, 08 Nov 1994 08:49:37 GMT", 86_400_000),
    ])
    func isRead(text: String, milliseconds: Int64) {
        #expect(RetryAfter.milliseconds(text, now: Self.now) == milliseconds)
    }

    @Test(arguments: [
        "", "soon", "-5", "5 minutes", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
        "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 99 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 25:49:37 GMT",
        "Sun, 06 Nov 1994 08:49 GMT", "Sun, 06 Nix 1994 08:49:37 GMT",
    ])
    func isNotRead(text: String) {
        #expect(RetryAfter.milliseconds(text, now: Self.now) == nil)
    }

    @Test(arguments: [(429, true), (500, true), (503, true), (599, true), (400, false), (404, false), (600, false)])
    func temporaryStatus(status: Int, isTemporary: Bool) {
        let refusal = TemporaryRefusal(status: status, headers: ["retry-after": "3"], now: Self.now)
        #expect(refusal == (isTemporary ? TemporaryRefusal(retryAfterMilliseconds: 3_000) : nil))
    }
}
