/// A piece of what a source brings forth, without secrets.
public struct LiveStretch: Sendable, Hashable {
    public var kind: Kind
    public var text: String

    public enum Kind: String, Sendable, CaseIterable {
        /// What a model says.
        case text
        /// What a model thinks.
        case thinking
        /// What a program writes.
        case stdout, stderr
        /// What a server says of how far a call has come.
        case progress
    }

    public init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }
}
