/// A revision of the protocol that is spoken here (https://modelcontextprotocol.io/specification).
enum Revision: String, Sendable, CaseIterable {
    /// Every request stands for itself and says in `_meta` who asks; servers ask back by `input_required`.
    case stateless = "2026-07-28"
    /// A handshake begins a session; servers ask back by requests of their own.
    case session = "2025-11-25"
    case olderSession = "2025-06-18"

    /// Whether it begins with the handshake `initialize`.
    var hasHandshake: Bool { self != .stateless }

    /// For messages.
    static let words = allCases.map(\.rawValue).joined(separator: ", ")
}
