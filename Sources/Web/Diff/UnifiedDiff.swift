internal import Core

/// A difference in the unified format, line by line; the signs in front of the lines say what their colours say.
enum UnifiedDiff: Sendable {
    private static let bytesMaximum = 64 << 10

    static func render(_ text: String) -> HTML {
        let lines = text.beginning(bytes: bytesMaximum).split(separator: "\n", omittingEmptySubsequences: false)
        let isCut = text.utf8.count > bytesMaximum
        return """
            <pre class="unified" tabindex="0">\n\(lines.map(line))</pre>\
            \("<p class=\"dim remainder\">The first \(Format.size(bytes: bytesMaximum)).</p>", if: isCut)
            """
    }

    private static func line(_ line: Substring) -> HTML {
        let text = NamedText.render(String(line))
        return switch line.utf8.first {
        case UInt8(ascii: "+") where !line.hasPrefix("+++"): "<ins>\(text)</ins>\n"
        case UInt8(ascii: "-") where !line.hasPrefix("---"): "<del>\(text)</del>\n"
        case UInt8(ascii: "@"): "<span class=\"dim\">\(text)</span>\n"
        default: "\(text)\n"
        }
    }
}
