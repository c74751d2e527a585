/// The sign of each kind of step, drawn in 16 × 16 units with lines alone. The word always stands beside it.
enum KindIcons: Sendable {
    /// Its lines, for where they are part of a drawing.
    static func lines(_ kind: String) -> HTML {
        switch kind {
        case "agent":
            "<path d=\"M8 2v2.4M8 11.6V14M2 8h2.4M11.6 8H14M4.4 4.4l1.4 1.4M10.2 10.2l1.4 1.4M11.6 4.4l-1.4 1.4M5.8 10.2l-1.4 1.4\"/>"
        case "command": "<path d=\"M2.6 4.4L6 7.8l-3.4 3.4M7.6 11.8h5.8\"/>"
        case "http":
            "<circle cx=\"8\" cy=\"8\" r=\"5.8\"/><path d=\"M2.2 8h11.6M8 2.2c4 3.6 4 8 0 11.6M8 2.2c-4 3.6-4 8 0 11.6\"/>"
        case "tool":
            "<path d=\"M10.2 2.6a3.4 3.4 0 0 0-3 4.8l-4.4 4.4 1.6 1.6 4.4-4.4a3.4 3.4 0 0 0 4.4-4.2l-2 2-1.8-.4-.4-1.8 2-2z\"/>"
        case "set": "<path d=\"M3 6h10M3 10h10\"/>"
        case "for_each":
            "<path d=\"M3 7.2a5.2 5.2 0 0 1 9.4-2.4M13 8.8a5.2 5.2 0 0 1-9.4 2.4M12.6 2v3H9.6M3.4 14v-3h3\"/>"
        case "branch":
            "<path d=\"M8 14V9.4M8 9.4C8 6.6 3.6 7.4 3.6 3M8 9.4c0-2.8 4.4-2 4.4-6.4M1.8 4.6L3.6 2.8l1.8 1.8M10.6 4.6l1.8-1.8 1.8 1.8\"/>"
        case "task":
            "<rect x=\"2.4\" y=\"3\" width=\"11.2\" height=\"10\" rx=\"1.6\"/><path d=\"M5.4 3v10M8 6.4h3M8 9.4h3\"/>"
        case "wait": "<circle cx=\"8\" cy=\"8\" r=\"5.8\"/><path d=\"M8 4.6V8l2.4 1.6\"/>"
        case "approval":
            "<circle cx=\"6.6\" cy=\"5.2\" r=\"2.6\"/><path d=\"M2 13.4c.4-3 2.2-4.4 4.6-4.4 1 0 1.8.2 2.6.7M9.4 12l1.8 1.8 3-3.4\"/>"
        default: "<circle cx=\"8\" cy=\"8\" r=\"2\"/>"
        }
    }
}
