internal import Core

/// The checked parts of a request that go into libcurl and into messages.
struct TransferTarget: Sendable {
    /// `host:port`, all that messages say of an address: path and query may hold secrets.
    let place: String
    let isLoopback: Bool

    /// Throws `invalid_input` for what must not be sent.
    init(_ request: ClientRequest) throws {
        let address = try WebAddress(parsing: request.url)
        place = "\(address.host):\(address.port)"
        let host = address.host
        isLoopback = host == "localhost" || host == "[::1]" || host.hasPrefix("127.")
        try Self.checkHeader(of: request)
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
