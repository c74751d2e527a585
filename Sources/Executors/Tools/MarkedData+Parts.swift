internal import Core
internal import Providers

extension MarkedData {
    /// Wraps the texts of a tool's answer as one, and leaves its files, which follow.
    static func wrap(_ parts: [MessagePart], from source: String, callID: String) -> [MessagePart] {
        let text = parts.compactMap(\.text).joined(separator: "\n")
        let others = parts.filter { $0.text == nil }
        return (text.isEmpty ? [] : [.text(wrap(text, from: source, callID: callID))]) + others
    }
}
