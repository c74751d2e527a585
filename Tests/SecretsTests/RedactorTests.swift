import Core
import Testing

@testable import Secrets

/// What must not be shown is hidden, and ordinary text stays as it is.
@Suite(.timeLimit(.minutes(1)))
struct RedactorTests {
    private static let value = "hunter2+hunter/2\"x"
    private let known = Redactor(values: [("KEY", Self.value), ("LONG", Self.value + "-longer"), ("PIN", "12345678")])

    @Test(arguments: [
        ("a \(value) b \(value)", "a [secret KEY] b [secret KEY]"), ("\(value)-longer", "[secret LONG]"),
        ("\(value)-long", "[secret KEY]-long"), ("hunter2+hunter/2", "hunter2+hunter/2"),
        (#"{"k": "hunter2+hunter/2\"x"}"#, #"{"k": "[secret KEY]"}"#),
        ("?k=hunter2%2Bhunter%2F2%22x&", "?k=[secret KEY]&"), ("", ""),
    ])
    func `known values are hidden in the spellings they turn up in`(text: String, expected: String) {
        #expect(known.redact(text) == expected)
    }

    @Test(arguments: ["", "u", "us", "user:", "somebody:"])
    func `they are hidden in Base64, wherever they stand`(prefix: String) {
        let encoded = Self.base64(prefix + Self.value + "!")
        #expect(known.redact("x \(encoded) y").contains("[secret KEY]"))
        let atTheEnd = Redactor(values: [("KEY", Self.value)]).redact(Self.base64(prefix + Self.value))
        #expect(atTheEnd.hasSuffix("[secret KEY]"), "and nothing of their end is left")
        #expect(prefix != "" || atTheEnd == "[secret KEY]")
    }

    @Test(arguments: ["12345678901", "1234567890", "pässwört 9"])
    func `their last bits in Base64 are hidden, with what fills it up`(value: String) {
        let redactor = Redactor(values: [("KEY", value)])
        #expect(redactor.redact("(\(Self.base64(value)))") == "([secret KEY])")
        let inside = redactor.redact(Self.base64(value + "!?"))
        #expect(inside.hasPrefix("[secret KEY]") && inside.utf8.count <= "[secret KEY]".utf8.count + 5)
    }

    @Test func `they are hidden as programs of other languages write them`() {
        let redactor = Redactor(values: [("KEY", "pässwört /9+")])
        for spelling in [
            #"p\u00e4ssw\u00f6rt /9+"#, #"pässwört \/9+"#, "p%c3%a4ssw%c3%b6rt%20%2f9%2b", "p%C3%A4ssw%C3%B6rt+%2F9%2B",
            "70c3a4737377c3b67274202f392b", "70C3A4737377C3B67274202F392B",
        ] {
            #expect(redactor.redact("x=\(spelling)&") == "x=[secret KEY]&")
        }
    }

    @Test func `they are hidden in names, texts and numbers of JSON`() {
        let json: JSON = [
            "list": [.string("x \(Self.value)"), 12_345_678, 1_234, true, nil, 1.5], "\(Self.value)": ["n": "fine"],
        ]
        let expected: JSON = [
            "list": ["x [secret KEY]", "[secret PIN]", 1_234, true, nil, 1.5], "[secret KEY]": ["n": "fine"],
        ]
        #expect(known.redact(json) == expected)
    }

    @Test func `what is too short to be told apart is left alone`() {
        #expect(Redactor(values: [("K", "ollama")]).redact("ask ollama") == "ask ollama")
    }

    @Test func `the directory of a shell is no password`() {
        let text = "PWD=/srv/data/project7\nOLDPWD=/home/ada/work1\n"
        #expect(Redactor().redact(text) == text)
        #expect(Redactor().redact(["PWD": "/srv/data/project7"] as JSON) == ["PWD": "/srv/data/project7"])
        #expect(Redactor().redact("pwd=hunter2hunter") == "pwd=[redacted]")
    }

    private static let hexadecimal = "0123456789abcdef0123456789abcdef"
    private static let line = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj"
    private static let word = "Ab3Cd5Ef7Gh9Ij1Kl3Mn5Op7Qr9St1Uv3Wx5Yz7"

    @Test(
        arguments: [
            "sk-\(hexadecimal)", "sk-proj-\(word)_\(word)", "sk-ant-api03-\(word)-\(word)AA", "ghp_\(word.prefix(36))",
            "github_pat_11ABCDEFG0\(word)_\(word)", "xoxb-123456789012-123456789012-\(word.prefix(24))",
            "AKIAIOSFODNN7EXAMPLE", "AIza\(word.prefix(35))", "hf_\(word.prefix(34))", "gsk_\(word)\(word.prefix(12))",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
            "glpat-\(word.prefix(20))", "sk_live_\(word.prefix(24))",
        ])
    func `keys and tokens of services are hidden`(token: String) {
        let redactor = Redactor()
        for (before, after) in [("", ""), ("key: ", "\n"), ("(", ")"), ("\"", "\","), ("see ", ".")] {
            #expect(redactor.redact(before + token + after) == before + "[redacted]" + after)
        }
        #expect(redactor.redact("x" + token) == "x" + token, "It is a part of something else.")
    }

    @Test(arguments: [
        ("Authorization: Bearer \(word)", "Authorization: Bearer [redacted]"),
        ("curl -H 'Authorization: Basic dXNlcjpwYXNz'", "curl -H 'Authorization: Basic [redacted]'"),
        ("authorization: bearer abcdef0123456789==", "authorization: bearer [redacted]"),
        ("postgres://ada:s3cr3t@db:5432/x", "postgres://ada:[redacted]@db:5432/x"),
        ("https://user:pa:ss@host/ and https://host/@x", "https://user:[redacted]@host/ and https://host/@x"),
        ("GET /?api_key=abcdef&x=1", "GET /?api_key=[redacted]&x=1"),
        ("PGPASSWORD=hunter22 psql", "PGPASSWORD=[redacted] psql"),
        (#"{"password": "a b\"c", "x": 1}"#, #"{"password": "[redacted]", "x": 1}"#),
        ("client_secret='q1w2e3'", "client_secret='[redacted]'"),
        ("GITHUB_TOKEN=abcdefgh12345678", "GITHUB_TOKEN=[redacted]"),
        ("X-Api-Key: abc123def456", "X-Api-Key: [redacted]"),
        ("a -----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY----- b", "a [redacted] b"),
        ("-----BEGIN PRIVATE KEY-----\nMIIcut", "[redacted]"),
        ("-----BEGIN PRIVATE KEY-----\n\(line)\n\(line)\nab=\nNever promise it.", "[redacted]\nNever promise it."),
        (#"{"k": "-----BEGIN PRIVATE KEY-----\n\#(line)\nab=\n", "x": 1}"#, #"{"k": "[redacted]\n", "x": 1}"#),
        (
            "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,AB12\n\n\(line)\nab=\n"
                + "-----END RSA PRIVATE KEY-----\nx", "[redacted]\nx"
        ),
        ("-----BEGIN PRIVATE KEY----- \(line) \(line) -----END PRIVATE KEY----- x", "[redacted] x"),
        ("-----BEGIN PRIVATE KEY-----\n\(line)\n⟦end of data 1⟧\nx", "[redacted]\n⟦end of data 1⟧\nx"),
        ("⟦data 1 from http://h/?token=sk-proj-\(word)⟧", "⟦data 1 from http://h/?token=[redacted]⟧"),
        ("⟦data 1 from http://h/?password=abcdefgh⟧", "⟦data 1 from http://h/?password=[redacted]⟧"),
    ])
    func `values that are named as secrets are hidden`(text: String, expected: String) {
        #expect(Redactor().redact(text) == expected)
        #expect(Redactor().redact(expected) == expected)
    }

    @Test(
        arguments: [
            "The password is kept elsewhere; a token: the next word. Authorization: required for all.",
            "password=no", "the secret of success", "max_tokens=4096 token=5", "next_page_token=abcdefgh12345678",
            "550e8400-e29b-41d4-a716-446655440000", "sha256:\(hexadecimal)\(hexadecimal)",
            "bearer of bad news, Bearer authentication", "task-management-for-large-teams-2026",
            "sk-learn-pipeline-with-many-steps-and-words", "sk-1 ask-me-anything-2026-01-01-now", "AKIA is a prefix",
            "https://example.org/a:b@c", "http://localhost:8080/x?y=z@w", "mailto:ada@example.org 10:30:00",
            "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----", "eyJ.eyJ.x", "a=b;c=d", "cost: 12.50",
            "data:image/png;base64,\(base64(String(repeating: "signal box ", count: 200)))", "[secret KEY]",
            "-----BEGIN PRIVATE KEY-----\nNever promise a refund. Answer in German.\n-----END PRIVATE KEY-----",
            "-----BEGIN RSA PRIVATE KEY-----", "password: \"abc⟧ and \"more\"", "password: \"abc\\⟧ and \"more\"",
            "https://user:pass⟧@host", "Cookie: yes please", "passwords: 3 of 5 were weak",
            "is_secret=true secret: false",
        ])
    func `ordinary text stays as it is`(text: String) {
        #expect(Redactor().redact(text) == text)
    }

    @Test func `random Base64 and hashes stay as they are`() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<50 {
            let bytes = (0..<3_000).map { _ in UInt8(truncatingIfNeeded: generator.next() >> 24) }
            let text = SecretSpellingText.base64(bytes)
            #expect(Redactor().redact(text) == text)
            let hash = ContentHash(of: bytes).rawValue
            #expect(Redactor().redact(hash) == hash)
        }
    }

    @Test func `values under names of secrets are hidden in JSON`() {
        let json: JSON = [
            "password": "x", "api_key": "abc", "apiKey": ["a", "b"], "Authorization": "Basic abc", "PIN_password": 1234,
            "token": "the", "access_token": "t", "bot_token": "abcdefgh12345678", "next_page_token": "abcdefgh12345678",
            "usage": ["total_tokens": 12, "max_tokens": 3], "has_password": true, "secret": nil,
            "properties": ["password": ["type": "string"]],
        ]
        let expected: JSON = [
            "password": "[redacted]", "api_key": "[redacted]", "apiKey": ["[redacted]", "[redacted]"],
            "Authorization": "[redacted]", "PIN_password": "[redacted]", "token": "the", "access_token": "[redacted]",
            "bot_token": "[redacted]", "next_page_token": "abcdefgh12345678",
            "usage": ["total_tokens": 12, "max_tokens": 3], "has_password": true, "secret": nil,
            "properties": ["password": ["type": "string"]],
        ]
        #expect(Redactor().redact(json) == expected)
        #expect(Redactor(rules: .none).redact(json) == json)
    }

    @Test func `what is handed on loses what cannot be anything but a secret, and no more`() {
        let redactor = Redactor(values: [("KEY", Self.value)]).forWhatIsHandedOn
        let form: JSON = [
            "password": "string", "api_key": "Bearer \(Self.word)", "url": "https://a:b@c.de/?token=abcdefgh1",
        ]
        #expect(redactor.redact(form) == form)
        #expect(redactor.redact("password=hunter2hunter2 Authorization: Basic dXNlcjpwYXNz").contains("hunter2hunter2"))
        #expect(redactor.redact("sk-proj-\(Self.word) \(Self.value)") == "[redacted] [secret KEY]")
        #expect(redactor.redact("-----BEGIN PRIVATE KEY-----\n\(Self.line)\n") == "[redacted]\n")
        #expect(Redactor(rules: .none).forWhatIsHandedOn.redact("ghp_\(Self.word.prefix(36))").hasPrefix("ghp_"))
    }

    @Test(arguments: [
        "-----BEGIN ", "://a:", "password=\"", "Bearer ", "eyJhbGciOiJ.", "sk-", "[secret ", "a_", "\"token\" :",
    ])
    func `hostile texts take no longer than others`(piece: String) {
        // What looks at the rest of the text from each place would not end before the suite's time does.
        let text = String(repeating: piece, count: 400_000 / piece.utf8.count)
        #expect(known.redact(text).utf8.count > 0)
    }

    private static func base64(_ text: String) -> String { SecretSpellingText.base64(Array(text.utf8)) }
}

/// Base64 of RFC 4648, apart from the code that is tested.
private enum SecretSpellingText {
    static func base64(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var text = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = Array(bytes[start..<min(start + 3, bytes.count)])
            let padded = group + [UInt8](repeating: 0, count: 3 - group.count)
            let bits = padded.reduce(0) { $0 << 8 | Int($1) }
            for place in 0..<4 { text.append(place <= group.count ? alphabet[bits >> (18 - 6 * place) & 63] : "=") }
        }
        return text
    }
}
