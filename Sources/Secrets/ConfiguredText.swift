/// A text of the settings that may be a secret, such as a header field.
public enum ConfiguredText: Sendable, Hashable {
    /// As it is written.
    case literal(String)
    /// The value of a secret, with something in front of it such as `Bearer `.
    case secret(SecretReference, prefix: String = "")
}
