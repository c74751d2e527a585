internal import CCurl
internal import Core

/// The checked parts of a request that go into libcurl and into messages.
struct TransferTarget: Sendable {
    /// `host:port`, all that messages say of an address: path and query may hold secrets.
    let place: String
    let isLoopback: Bool

    /// Throws `invalid_input` for what must not be sent.
    init(_ request: ClientRequest) throws {
        guard request.url.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            throw SignalboxError(.invalidInput, "The address has spaces or control characters.")
        }
        guard let url = unsafe curl_url() else { throw SignalboxError(.unavailable, "There is no memory left.") }
        defer { unsafe curl_url_cleanup(url) }
        guard unsafe curl_url_set(url, CURLUPART_URL, request.url, 0) == CURLUE_OK,
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
                hint: "Send them in the header Authorization.")
        }
        let port = unsafe Self.part(CURLUPART_PORT, of: url) ?? (scheme == "https" ? "443" : "80")
        place = "\(host):\(port)"
        isLoopback = host == "localhost" || host == "[::1]" || host.hasPrefix("127.")
        try Self.checkHeader(of: request)
    }

    private static func part(_ part: CURLUPart, of url: OpaquePointer) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard unsafe curl_url_get(url, part, &text, 0) == CURLUE_OK, let text = unsafe text else { return nil }
        defer { unsafe curl_free(text) }
        return unsafe String(cString: text)
    }

    private static func checkHeader(of request: ClientRequest) throws {
        guard isToken(request.method) else {
            throw SignalboxError(.invalidInput, "The method must be a word such as GET.")
        }
        for (name, value) in request.headers {
            // Not the value, for it may be a secret.
            guard isToken(name) else {
                throw SignalboxError(.invalidInput, "\"\(name)\" cannot be the name of a header field.")
            }
            guard value.utf8.allSatisfy({ $0 != 0x0A && $0 != 0x0D && $0 != 0 }) else {
                throw SignalboxError(.invalidInput, "The header field \(name) has a line break or a NUL in its value.")
            }
        }
    }

    /// RFC 9110 §5.6.2.
    private static func isToken(_ text: String) -> Bool {
        let others = Set("!#$%&'*+-.^_`|~".utf8)
        return !text.isEmpty
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || others.contains(byte)
            }
    }
}
