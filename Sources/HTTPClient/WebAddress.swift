internal import CCurl
internal import Core

/// An absolute `http` or `https` address without user and password, taken apart as libcurl takes it apart.
public struct WebAddress: Sendable, Hashable {
    /// The whole address.
    public let text: String
    /// `http` or `https`.
    public let scheme: String
    /// A name, or an address in its usual form: `0x7f.1` is `127.0.0.1` here. Version 6 stands in brackets.
    public let host: String
    public let port: Int
    /// The last part of the path, unescaped; nil for none.
    public let lastPathPart: String?

    /// Reads an address.
    /// - Throws: `SignalboxError` with code `invalid_input` for what must not be sent; a password is not repeated in it.
    public init(parsing text: String) throws {
        try self.init(text, relativeTo: nil)
    }

    /// What a redirect from here to there means; there may be relative.
    /// - Throws: `SignalboxError` as `init(parsing:)`.
    public func redirected(to location: String) throws -> WebAddress {
        try WebAddress(location, relativeTo: self.text)
    }

    /// Whether both lead to the same place: scheme, host and port.
    public func hasSameOrigin(as other: WebAddress) -> Bool {
        scheme == other.scheme && host.lowercased() == other.host.lowercased() && port == other.port
    }

    /// What to do about a user or a password, where headers can be given.
    public static let credentialsHint = "Send them in the header Authorization."

    private init(_ given: String, relativeTo base: String?) throws {
        guard given.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            throw SignalboxError(.invalidInput, "The address has spaces or control characters.")
        }
        guard let url = unsafe curl_url() else { throw SignalboxError(.unavailable, "There is no memory left.") }
        defer { unsafe curl_url_cleanup(url) }
        let isBaseTaken = base.map { unsafe curl_url_set(url, CURLUPART_URL, $0, 0) == CURLUE_OK } ?? true
        guard isBaseTaken, unsafe curl_url_set(url, CURLUPART_URL, given, 0) == CURLUE_OK,
            let scheme = unsafe Self.part(CURLUPART_SCHEME, of: url),
            let host = unsafe Self.part(CURLUPART_HOST, of: url), !host.isEmpty
        else {
            throw SignalboxError(
                .invalidInput, "The address is not a URL.", hint: "Write it like https://example.com/path.")
        }
        guard scheme == "http" || scheme == "https" else {
            throw SignalboxError(.invalidInput, "Addresses must start with http:// or https://, not \(scheme)://.")
        }
        let user = unsafe Self.part(CURLUPART_USER, of: url)
        let password = unsafe Self.part(CURLUPART_PASSWORD, of: url)
        guard user == nil, password == nil else {
            throw SignalboxError(
                .invalidInput, "The address must not contain a user or a password.",
                hint: Self.credentialsHint)
        }
        text = base == nil ? given : unsafe Self.part(CURLUPART_URL, of: url) ?? given
        self.scheme = scheme
        self.host = host
        lastPathPart = unsafe Self.part(CURLUPART_PATH, of: url, CURLU_URLDECODE)?.split(separator: "/").last.map(
            String.init)
        port = unsafe Self.part(CURLUPART_PORT, of: url).flatMap { Int($0) } ?? (scheme == "https" ? 443 : 80)
    }

    private static func part(_ part: CURLUPart, of url: OpaquePointer, _ flags: Int32 = 0) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard unsafe curl_url_get(url, part, &text, UInt32(flags)) == CURLUE_OK, let text = unsafe text else {
            return nil
        }
        defer { unsafe curl_free(text) }
        return unsafe String(cString: text)
    }
}
