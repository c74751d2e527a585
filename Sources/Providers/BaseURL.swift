internal import Core
internal import HTTPClient

/// Where a provider's interface is: scheme, host and the beginning of the path.
struct BaseURL: Sendable, Hashable {
    /// Without a final slash.
    let text: String
    /// In lower case, without port and brackets.
    let host: String

    /// - Throws: `SignalboxError` with code `invalid_configuration`; the text is not repeated, for a password may be in it.
    init(parsing text: String, provider: String) throws {
        if let mistake = Self.mistake(in: text) {
            throw SignalboxError(
                .configuration, "The base URL of the provider \(provider) \(mistake).",
                hint: "Write it like \(Self.examples).")
        }
        let authority = Self.authority(of: text)
        if authority.first == "[", let end = authority.firstIndex(of: "]") {
            host = authority[authority.index(after: authority.startIndex)..<end].lowercased()
        } else {
            host = authority.prefix { $0 != ":" }.lowercased()
        }
        var trimmed = text
        while trimmed.last == "/" { trimmed.removeLast() }
        self.text = trimmed
    }

    /// For hints.
    static let examples = "https://api.openai.com/v1 or http://localhost:11434/v1"

    /// What is wrong with a text that is to be one, such as "has no host"; nil when nothing is.
    static func mistake(in text: String) -> String? {
        guard ["https://", "http://"].contains(where: { text.lowercased().hasPrefix($0) }) else {
            return "must begin with https:// or http://"
        }
        guard !authority(of: text).contains("@") else { return "must not hold a user name or password" }
        guard !text.contains("?"), !text.contains("#") else { return "must not have a query or fragment" }
        guard text.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value < 0x7F }) else {
            return "holds a character that cannot stand in an address"
        }
        guard authority(of: text).prefix(while: { $0 != ":" }).isEmpty == false else { return "has no host" }
        do {
            _ = try WebAddress(parsing: text)
            return nil
        } catch {
            return "is no address that can be connected to"
        }
    }

    /// What stands between the scheme and the path.
    private static func authority(of text: String) -> Substring {
        guard let colon = text.firstIndex(of: ":") else { return "" }
        return text[colon...].dropFirst(3).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
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
