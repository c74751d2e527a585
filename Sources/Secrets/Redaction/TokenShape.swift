/// How the keys of a service look: a beginning, and what may follow.
struct TokenShape: Sendable {
    var prefix: [UInt8]
    /// How many bytes follow at least.
    var minimum: Int
    /// How many follow at most; a longer word is something else.
    var maximum: Int
    var alphabet: Alphabet
    /// How many bytes without `-` and `_` stand together somewhere in it, so that words with dashes are none.
    var run: Int

    enum Alphabet: Sendable {
        case upperAndDigits, alphanumeric, word
        /// Words joined by points.
        case dotted

        func contains(_ byte: UInt8) -> Bool {
            switch self {
            case .upperAndDigits: ByteClass.isUpper(byte) || ByteClass.isDigit(byte)
            case .alphanumeric: ByteClass.isAlphanumeric(byte)
            case .word: ByteClass.isWord(byte)
            case .dotted: ByteClass.isWord(byte) || byte == UInt8(ascii: ".")
            }
        }
    }

    init(
        _ prefix: String, _ minimum: Int, upTo maximum: Int = 4_096, _ alphabet: Alphabet = .alphanumeric, run: Int = 12
    ) {
        self.prefix = Array(prefix.utf8)
        self.minimum = minimum
        self.maximum = maximum
        self.alphabet = alphabet
        self.run = run
    }

    /// As their services document them, and as they are seen in use. The first that fits counts.
    static let all: [TokenShape] = [
        // Anthropic, OpenAI (also sk-proj-, sk-svcacct-), DeepSeek, OpenRouter and others.
        TokenShape("sk-", 20, .word),
        TokenShape("sk_live_", 16), TokenShape("sk_test_", 16), TokenShape("rk_live_", 16), TokenShape("rk_test_", 16),
        TokenShape("whsec_", 24, .word),
        // https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats
        TokenShape("ghp_", 36), TokenShape("gho_", 36), TokenShape("ghu_", 36), TokenShape("ghs_", 36),
        TokenShape("ghr_", 36), TokenShape("github_pat_", 30, .word), TokenShape("glpat-", 20, .word),
        // https://docs.slack.dev/authentication/tokens
        TokenShape("xoxb-", 20, .word, run: 8), TokenShape("xoxp-", 20, .word, run: 8),
        TokenShape("xoxa-", 20, .word, run: 8), TokenShape("xoxr-", 20, .word, run: 8),
        TokenShape("xoxs-", 20, .word, run: 8), TokenShape("xoxe-", 20, .word, run: 8),
        TokenShape("xapp-", 20, .word, run: 8),
        // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
        TokenShape("AKIA", 16, upTo: 16, .upperAndDigits, run: 16),
        TokenShape("ASIA", 16, upTo: 16, .upperAndDigits, run: 16),
        TokenShape("AIza", 35, upTo: 35, .word, run: 8), TokenShape("ya29.", 30, .dotted),
        TokenShape("hf_", 30), TokenShape("gsk_", 40), TokenShape("xai-", 40), TokenShape("pplx-", 40),
        TokenShape("npm_", 36), TokenShape("pypi-", 50, .word), TokenShape("dop_v1_", 60),
        TokenShape("SG.", 60, .dotted),
    ]

    /// The shapes by their first byte.
    static let byFirstByte: [[TokenShape]] = (0..<256).map { byte in all.filter { $0.prefix[0] == UInt8(byte) } }

    /// Where a token of this shape that begins there ends; nil when none does.
    func end(in bytes: [UInt8], from place: Int) -> Int? {
        guard bytes[place...].starts(with: prefix) else { return nil }
        var end = place + prefix.count
        let start = end
        var current = 0
        var longest = 0
        var digits = 0
        while end < bytes.count, alphabet.contains(bytes[end]) {
            current = ByteClass.isAlphanumeric(bytes[end]) ? current + 1 : 0
            longest = max(longest, current)
            if ByteClass.isDigit(bytes[end]) { digits += 1 }
            end += 1
            guard end - start <= maximum else { return nil }
        }
        // A point at the end of a sentence is not part of it.
        while end > start, bytes[end - 1] == UInt8(ascii: ".") { end -= 1 }
        guard end - start >= minimum, longest >= run, digits > 0 else { return nil }
        return end
    }
}
