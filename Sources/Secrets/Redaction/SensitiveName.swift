/// Whether a name, of a field or a variable, says that its value is a secret.
enum SensitiveName: Sendable, Hashable {
    /// Whatever the value is.
    case strong
    /// Only when the value looks like one: many things are called a token.
    case weak

    /// The longest name that is looked at, in bytes.
    static let bytesMaximum = 64

    private static let strongEnds = [
        "password", "passwd", "passphrase", "apikey", "apisecret", "secretkey", "privatekey", "clientsecret",
        "accesskey", "accesstoken", "refreshtoken", "authtoken", "apitoken", "sessiontoken", "bearertoken",
    ]
    private static let strongNames: Set = ["authorization", "proxyauthorization", "cookie", "setcookie", "pwd"]
    private static let weakNames: Set = ["token", "secret", "idtoken", "credential"]
    /// Tokens that lead to the next page, or are parts of texts.
    private static let harmless: Set = [
        "page", "nextpage", "prevpage", "continuation", "sync", "next", "cursor", "start", "eos", "bos", "pad", "unk",
        "mask", "stop", "max", "min",
    ]

    /// The variable in which a shell keeps its directory: no password, as `pwd` in small letters often is.
    private static let directoryName = Array("PWD".utf8)

    /// Nil when it says nothing of that kind.
    init?(bytes name: some Sequence<UInt8>) {
        guard !name.elementsEqual(Self.directoryName) else { return nil }
        var word: [UInt8] = []
        for byte in name {
            guard word.count < Self.bytesMaximum else { return nil }
            if ByteClass.isUpper(byte) {
                word.append(byte | 0x20)
            } else if ByteClass.isAlphanumeric(byte) {
                word.append(byte)
            }
        }
        let text = String(decoding: word, as: UTF8.self)
        if Self.strongNames.contains(text) || Self.strongEnds.contains(where: text.hasSuffix) {
            self = .strong
        } else if Self.weakNames.contains(text) {
            self = .weak
        } else if let end = ["token", "secret"].first(where: text.hasSuffix),
            !Self.harmless.contains(String(text.dropLast(end.count)))
        {
            self = .weak
        } else {
            return nil
        }
    }

    init?(_ name: String) { self.init(bytes: name.utf8) }

    /// Whether a text that is its value is to be hidden.
    func covers(_ value: String) -> Bool { covers(Array(value.utf8)[...]) }

    /// Whether bytes that are its value are to be hidden.
    func covers(_ value: ArraySlice<UInt8>) -> Bool {
        guard !value.isEmpty, !Self.isHidden(value) else { return false }
        return self == .strong || Self.looksRandom(value)
    }

    /// Whether somebody has hidden it already.
    private static func isHidden(_ value: ArraySlice<UInt8>) -> Bool {
        value.starts(with: "[secret ".utf8) || value.starts(with: "[redacted".utf8)
    }

    /// At least 16 bytes without white space, among them letters and digits.
    static func looksRandom(_ value: ArraySlice<UInt8>) -> Bool {
        value.count >= 16 && !value.contains(where: ByteClass.isSpace) && value.contains(where: ByteClass.isDigit)
            && value.contains { ByteClass.isUpper($0) || ByteClass.isLower($0) }
    }
}
