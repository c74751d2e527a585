internal import Core

/// Where a provider's interface is: scheme, host and the beginning of the path.
struct BaseURL: Sendable, Hashable {
    /// Without a final slash.
    let text: String
    /// In lower case, without port and brackets.
    let host: String

    /// - Throws: `SignalboxError` with code `invalid_configuration`; the text is not repeated when a password may be in it.
    init(parsing text: String, provider: String) throws {
        func refuse(_ reason: String) -> SignalboxError {
            SignalboxError(
                .configuration, "The base URL of the provider \(provider) \(reason).",
                hint: "Write it like https://api.openai.com/v1 or http://localhost:11434/v1.")
        }
        guard let scheme = ["https://", "http://"].first(where: { text.lowercased().hasPrefix($0) }) else {
            throw refuse("must begin with https:// or http://")
        }
        let authority = text.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard !authority.contains("@") else { throw refuse("must not hold a user name or password") }
        guard !text.contains("?"), !text.contains("#") else { throw refuse("must not have a query or fragment") }
        guard text.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value < 0x7F }) else {
            throw refuse("holds a character that cannot stand in an address")
        }
        if authority.first == "[", let end = authority.firstIndex(of: "]") {
            host = authority[authority.index(after: authority.startIndex)..<end].lowercased()
        } else {
            host = authority.prefix { $0 != ":" }.lowercased()
        }
        guard !host.isEmpty else { throw refuse("has no host") }
        var trimmed = text
        while trimmed.last == "/" { trimmed.removeLast() }
        self.text = trimmed
    }

    /// Whether it leads to this machine itself.
    var isLoopback: Bool {
        host == "localhost" || host == "::1" || Self.isLoopbackAddress(host)
    }

    private static func isLoopbackAddress(_ host: String) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.first == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
