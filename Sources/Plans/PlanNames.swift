internal import Core

/// The rules for names and paths that a plan gives.
enum PlanNames {
    /// What `isValid` demands, for hints.
    static let rule =
        "a name starts with a letter and has up to \(Limits.planNameLengthMaximum) letters, digits, - and _"

    /// Whether it can name a plan, step, agent, input or output.
    static func isValid(_ name: String) -> Bool {
        guard let first = name.utf8.first, isLetter(first), name.utf8.count <= Limits.planNameLengthMaximum else {
            return false
        }
        return name.utf8.allSatisfy {
            isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
        }
    }

    /// Whether it can name an environment variable.
    static func isEnvironmentName(_ name: String) -> Bool {
        guard let first = name.utf8.first, !isDigit(first) else { return false }
        return name.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "_") }
    }

    /// Whether it can name a header: a `token` of RFC 9110 §5.6.2.
    static func isHeaderName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.allSatisfy { isLetter($0) || isDigit($0) || "!#$%&'*+-.^_`|~".utf8.contains($0) }
    }

    /// Whether it is a path that stays below the directory it starts from, written in the one way that has no `.`,
    /// `..`, doubled slash or control character.
    static func isConfinedPath(_ path: String) -> Bool {
        guard !path.isEmpty, path.utf8.count <= 1024, path.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            return false
        }
        return path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && part.count <= 255 && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8)
        }
    }

    /// Whether models may be told a tool whose name has that byte.
    static func isToolNameByte(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

/// The rule for names that people give: of plans, agents and apps.
public enum PlanName: Sendable {
    /// What `isValid` demands, for hints.
    public static let rule = PlanNames.rule

    public static func isValid(_ name: String) -> Bool { PlanNames.isValid(name) }
}
