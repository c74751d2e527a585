/// The name of a secret: how plans and settings speak of a value that they never hold.
public enum SecretName: Sendable {
    /// What a name must be, for messages.
    public static let rule =
        "a letter or _, then letters, digits and _, at most \(Limits.secretNameLengthMaximum) in all"

    /// Whether it can be the name of a secret.
    public static func isValid(_ name: String) -> Bool {
        guard let first = name.utf8.first, isLetter(first), name.utf8.count <= Limits.secretNameLengthMaximum else {
            return false
        }
        return name.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "_")
    }
}
