/// A measured figure on a line of its own: what it is, how much, and what to know about it.
enum FigureLine: Sendable {
    /// `durable steps           49200 /s   64 tasks of 5 set steps at once`
    static func text(_ name: String, _ figure: String, _ remark: String) -> String {
        let name = name + String(repeating: " ", count: max(1, 20 - name.count))
        let figure = String(repeating: " ", count: max(0, 12 - figure.count)) + figure
        return "\(name)\(figure)   \(remark)"
    }
}
