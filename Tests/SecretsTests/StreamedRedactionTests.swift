import Core
import Testing

@testable import Secrets

/// A text that comes in pieces is shown as the whole text is, wherever it is cut, and no piece shows a secret too early.
@Suite(.timeLimit(.minutes(1)))
struct StreamedRedactionTests {
    private static let value = "hunter2+hunter/2\"x"
    private static let redactor = Redactor(values: [("KEY", value), ("LONG", value + "-longer"), ("PIN", "12345678")])
    private static let word = "Ab3Cd5Ef7Gh9Ij1Kl3Mn5Op7Qr9St1Uv3Wx5Yz7"

    private static let texts = [
        "Plain words, and nothing - to: hide. Ünïcödé ✓ 漢字", "a \(value) b \(value)-longer c \(value)-long",
        "The pin is 12345678.", "sk-proj-\(word)_\(word) is a key. So is ghp_\(word.prefix(36)), he said",
        "AKIAIOSFODNN7EXAMPLE",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0. x",
        "Authorization: Basic dXNlcjpwYXNzd29yZDEyMw== and more", "use Bearer \(word)/+~. as it is",
        "postgres://ada:pa55word@db.example/x and http://host:80/path", "password=hunter2hunter; token=abc",
        #"{"api_key": "v4luE v4luE", "name": "ada", "password" : 'it\'s se3ret'}"#, "export PWD=/srv/data/project7",
        "-----BEGIN RSA PRIVATE KEY-----\nMIIEabc\n-----END RSA PRIVATE KEY-----\nbehind -----BEGIN CERTIFICATE-----",
        "-----BEGIN PRIVATE KEY-----\nMIIEnever ends", "-----BEGIN PRIVATE KEY-----\nNever promise a refund.",
        "-----BEGIN RSA PRIVATE KEY-----\\nProc-Type: 4,ENCRYPTED\\nMIIEvQIBADANBg\\nab=\\n-----END RSA PRIVATE KEY-----\\n",
        "⟦data 1 from http://h/?token=sk-proj-\(word)⟧ password: \"abc⟧ x\" https://u:p⟧@h",
        "aHVudGVyMitodW50ZXIvMiJ4 eGh1bnRlcjIraHVudGVyLzIieA== MTIzNDU2Nzg= MTIzNDU2Nzg 3132333435363738",
        "--- a-b-c --", "password: ", "bearer", "eyJ", "sk-", ":", "",
        "{\"token\":\"\(word)\"}, secret: [secret KEY] \(value)", "password=\(value)x y",
    ]

    @Test(arguments: texts) func `all pieces together are what the whole is`(text: String) {
        let expected = Self.redactor.redact(text)
        let characters = Array(text.unicodeScalars).map { String(Character($0)) }
        for size in [1, 2, 3, 5, 7, 16, 1_000] {
            var stream = StreamedRedaction(Self.redactor)
            var shown = ""
            for start in stride(from: 0, to: characters.count, by: size) {
                shown += stream.take(characters[start..<min(start + size, characters.count)].joined()) ?? "?"
                #expect(expected.hasPrefix(shown), "in pieces of \(size)")
            }
            shown += stream.finish() ?? "?"
            #expect(shown == expected, "in pieces of \(size)")
        }
    }

    @Test(arguments: texts) func `all cuts in two are the same`(text: String) {
        let expected = Self.redactor.redact(text)
        let scalars = Array(text.unicodeScalars)
        for cut in 0...scalars.count {
            var stream = StreamedRedaction(Self.redactor)
            let pieces = [scalars[..<cut], scalars[cut...]].map { $0.map { String(Character($0)) }.joined() }
            let shown = pieces.map { stream.take($0) ?? "?" }.joined() + (stream.finish() ?? "?")
            #expect(shown == expected, "cut at \(cut)")
        }
    }

    /// What secrets are made of, and what stands around them.
    private static let fragments = [
        "password", "api_key", "Authorization", "token", "=", ":", ": ", " ", "\n", "\"", "'", "\\", "bearer ",
        "Basic ", "sk-",
        "ghp_", String(word.prefix(36)), "Ab3", "x", "hunter2hunter", "-----BEGIN ", "RSA PRIVATE KEY", "-----",
        "-----END ",
        "eyJ", "eyJhbGciOiJIUzI1NiJ9", ".", "://", "ada", "@", "host", "/", "-", value, "hunter2+", "-longer", "ü", "✓",
        "{", "}", ",", "12345678", "123", "PWD", "secret KEY", "⟦", "⟧", "MIIEvQIBADANBg", "ab=", "\\n", "MTIzNDU2Nzg",
        "Proc-Type: x", "3132333435363738",
    ]

    @Test(arguments: 0..<40) func `texts of all kinds of pieces are the same, however they are cut`(seed: UInt64) {
        var state = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        func random(below bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        for _ in 0..<50 {
            let count = 2 + random(below: 12)
            let text = (0..<count).map { _ in Self.fragments[random(below: Self.fragments.count)] }.joined()
            let expected = Self.redactor.redact(text)
            var rest = Array(text.unicodeScalars)[...]
            var stream = StreamedRedaction(Self.redactor)
            var shown = ""
            while !rest.isEmpty {
                let size = 1 + random(below: 9)
                shown += stream.take(rest.prefix(size).map { String(Character($0)) }.joined()) ?? "?"
                rest = rest.dropFirst(size)
            }
            shown += stream.finish() ?? "?"
            #expect(shown == expected, "\(text)")
        }
    }

    @Test func `ordinary words are shown as soon as they are over`() {
        var stream = StreamedRedaction(Self.redactor)
        #expect(stream.take("The answer is ") == "The answer is ")
        #expect(stream.take("forty") == "")
        #expect(stream.take("-two.\nAnd") == "forty-two.\n")
        #expect(stream.finish() == "And")
    }

    @Test func `a text is silent from when on too much would have to be held back`() {
        var stream = StreamedRedaction(Self.redactor)
        #expect(stream.take("-----BEGIN PRIVATE KEY-----\n") == "")
        let line = String(repeating: "A", count: 1 << 10) + "\n"
        var silent = 0
        for _ in 0..<20 where stream.take(line) == nil { silent += 1 }
        #expect(silent > 2)
        #expect(stream.take("words ") == nil)
        #expect(stream.finish() == nil)
        #expect(stream.take("words ") == "words ", "a new text begins")
    }
}
