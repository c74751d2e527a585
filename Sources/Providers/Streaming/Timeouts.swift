public import HTTPClient

extension ClientRequest.Timeouts {
    /// How long models are waited for: 10 s to connect, 5 minutes to the first byte, and as long between two pieces,
    /// for a model that thinks may say nothing meanwhile (OpenAI's own command line waits as long for a piece:
    /// https://github.com/openai/codex, `stream_idle_timeout_ms`).
    public static var models: ClientRequest.Timeouts {
        var timeouts = ClientRequest.Timeouts()
        timeouts.connect = .seconds(10)
        timeouts.firstByte = .seconds(300)
        timeouts.idle = .seconds(300)
        return timeouts
    }
}
