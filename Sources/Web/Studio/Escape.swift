internal import API

/// Parts of addresses that are made from text.
enum Escape: Sendable {
    /// One part of a path, or a value behind the question mark.
    static func part(_ text: String) -> String { Attachment.percentEncoded(text) }
}
