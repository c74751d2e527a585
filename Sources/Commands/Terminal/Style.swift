/// Colours of a terminal, or none. A colour never stands alone: word or icon say the same.
struct Style: Sendable {
    let hasColours: Bool

    func green(_ text: String) -> String { colour("32", text) }
    func red(_ text: String) -> String { colour("31", text) }
    func yellow(_ text: String) -> String { colour("33", text) }
    func blue(_ text: String) -> String { colour("34", text) }
    func faint(_ text: String) -> String { colour("2", text) }
    func bold(_ text: String) -> String { colour("1", text) }

    private func colour(_ code: String, _ text: String) -> String {
        hasColours && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
