internal import Core

/// Characters that a page does not show but which change what is read: what a person allows must not differ from what
/// they see. Source: Unicode Technical Standard #39 and the report "Trojan Source" (CVE-2021-42574).
enum HiddenCharacters: Sendable {
    /// How many different ones a warning names.
    private static let namesMaximum = 5

    /// What to say to a person before they decide about such a value; nothing if it holds none.
    static func warning(of value: JSON) -> HTML {
        // Not all writers leave these characters as they are, so the texts themselves are read.
        var names: [String] = []
        collect(from: value, into: &names)
        guard !names.isEmpty else { return .empty }
        let more = names.count > namesMaximum ? " and \(Format.count(names.count - namesMaximum, "other"))" : ""
        return """
            <p class="problem">Holds characters that are not shown and can make it read as something else: \
            \(names.prefix(namesMaximum).joined(separator: ", "))\(more).</p>
            """
    }

    private static func collect(from value: JSON, into names: inout [String]) {
        switch value {
        case .string(let text): collect(from: text, into: &names)
        case .array(let items): for item in items { collect(from: item, into: &names) }
        case .object(let members):
            for (name, member) in members {
                collect(from: name, into: &names)
                collect(from: member, into: &names)
            }
        default: break
        }
    }

    private static func collect(from text: String, into names: inout [String]) {
        var before: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            if isHidden(scalar, after: before) {
                let name = name(of: scalar)
                if !names.contains(name) { names.append(name) }
            }
            before = scalar
        }
    }

    private static func isHidden(_ scalar: Unicode.Scalar, after before: Unicode.Scalar?) -> Bool {
        switch scalar.value {
        // Joiners belong to emoji and to scripts such as Persian; after ASCII they only hide.
        case 0x200C, 0x200D: before?.isASCII ?? true
        case 0x00AD, 0x061C, 0x200B, 0x200E...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF, 0xE0000...0xE007F: true
        default: false
        }
    }

    private static func name(of scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let code = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        guard let name = scalar.properties.name else { return code }
        return "\(name.lowercased()) (\(code))"
    }
}
