extension Icons {
    /// What kind of work a step does, beside the word of its kind; nothing for parts of loops and branches.
    static func kind(of kind: String) -> HTML {
        switch kind {
        case "command": glyph("<path d=\"M2.6 4.2L6 8l-3.4 3.8M7.6 12h5.8\"/>")
        case "http":
            glyph(
                "<circle cx=\"8\" cy=\"8\" r=\"5.8\"/><path d=\"M2.2 8h11.6M8 2.2c3.4 3.4 3.4 8.2 0 11.6M8 2.2c-3.4 3.4-3.4 8.2 0 11.6\"/>"
            )
        case "agent":
            glyph(
                "<path d=\"M8 1.8l1.6 4.6L14.2 8l-4.6 1.6L8 14.2l-1.6-4.6L1.8 8l4.6-1.6z\"/>")
        case "tool":
            glyph(
                "<path d=\"M13.4 4.6a3.6 3.6 0 0 1-4.9 4.5l-4 4.3-1.9-1.9 4.3-4a3.6 3.6 0 0 1 4.5-4.9L9.2 4.8l2 2z\"/>")
        case "set": glyph("<path d=\"M3 6h10M3 10h10\"/>")
        case "for_each":
            glyph("<path d=\"M3 6.6A5.2 5.2 0 0 1 13 7M13 9.4A5.2 5.2 0 0 1 3 9M13.2 3.8V7h-3.2M2.8 12.2V9H6\"/>")
        case "branch": glyph("<path d=\"M2.4 8h3.4c2.6 0 2.6-4.2 5.2-4.2h2.4M5.8 8c2.6 0 2.6 4.2 5.2 4.2h2.4\"/>")
        case "task":
            glyph(
                "<rect x=\"2.2\" y=\"2.2\" width=\"8\" height=\"8\" rx=\"1.4\"/><path d=\"M12.6 5.8a1.2 1.2 0 0 1 1.2 1.2v5.6a1.2 1.2 0 0 1-1.2 1.2H7a1.2 1.2 0 0 1-1.2-1.2\"/>"
            )
        case "wait": glyph("<circle cx=\"8\" cy=\"8\" r=\"5.8\"/><path d=\"M8 4.6V8l2.4 1.6\"/>")
        case "approval":
            glyph("<circle cx=\"8\" cy=\"5.2\" r=\"2.8\"/><path d=\"M2.6 13.6c.6-3 2.8-4.2 5.4-4.2s4.8 1.2 5.4 4.2\"/>")
        default: .empty
        }
    }

    private static func glyph(_ shape: HTML) -> HTML {
        "<svg class=\"glyph\" viewBox=\"0 0 16 16\" aria-hidden=\"true\">\(shape)</svg>"
    }
}
