internal import Core

extension Session {
    private static let pauseMilliseconds = 1_000
    private static let pauseMillisecondsMaximum = 60_000

    /// Listens for changes of the server's lists until the session or the task ends.
    func listen(_ lists: ListState) async {
        var pause = Self.pauseMilliseconds
        while channel.end == nil, !Task.isCancelled {
            do {
                let goesOn = revision.hasHandshake ? try await channel.listen() : try await subscribe()
                if !goesOn { return }
            } catch is RPCError {
                // It does not offer it, whatever it says of itself.
                return
            } catch {
                // Broken off; what a server wants of us that is against the rules ends up here as well.
            }
            lists.noteEnd()
            do {
                try await Task.sleep(for: .milliseconds(pause))
            } catch {
                return
            }
            pause = min(pause * 2, Self.pauseMillisecondsMaximum)
        }
    }

    /// Opens a subscription and waits for its end (2026-07-28, § Subscriptions).
    private func subscribe() async throws -> Bool {
        var wanted: JSONObject = [:]
        if tellsChanges(of: .tools) { wanted["toolsListChanged"] = true }
        if tellsChanges(of: .prompts) { wanted["promptsListChanged"] = true }
        if tellsChanges(of: .resources) { wanted["resourcesListChanged"] = true }
        var exchange = exchange("subscriptions/listen", ["notifications": .object(wanted)], patience: .endless)
        exchange.isSubscription = true
        _ = try await channel.perform(exchange)
        return true
    }
}
