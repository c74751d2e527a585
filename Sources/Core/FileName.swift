/// Names of files that people give.
public enum FileName: Sendable {
    /// In bytes, as file systems count.
    private static let bytesMaximum = 200

    /// The last part of the path that was given, if it can be the name of a file in a directory.
    /// - Parameter mayHide: whether it may hold characters that are not seen: of a file that is there, whoever named it.
    /// - Throws: `SignalboxError` with code `invalid_input`.
    public static func checked(_ given: String, mayHide: Bool = false) throws -> String {
        // By scalars: a slash with a combining mark behind it is one Character, but to the file system it is a slash.
        let scalars = given.unicodeScalars
        let start = scalars.lastIndex(of: "/").map(scalars.index(after:)) ?? scalars.startIndex
        let name = String(scalars[start...])
        guard !name.isEmpty, name != ".", name != "..", name.utf8.count <= bytesMaximum,
            name.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
        else {
            throw SignalboxError(
                .invalidInput, "\"\(given.prefix(80))\" cannot be the name of a file.",
                hint: "Use 1 to \(bytesMaximum) bytes without control characters.")
        }
        if !mayHide, let complaint = HiddenCharacter.complaint(about: name) {
            throw SignalboxError(
                .invalidInput,
                "\"\(HiddenCharacter.naming(in: String(name.prefix(80))))\" cannot be the name of a file: \(complaint).",
                hint: "Give it a name of characters that can be seen.")
        }
        return name
    }

    /// The name itself, or with a number before its ending if it is taken: `a.csv`, `a-2.csv`.
    public static func unique(_ name: String, among taken: inout Set<String>) -> String {
        var candidate = name
        var number = 2
        let dot = name.lastIndex(of: ".") ?? name.endIndex
        while !taken.insert(candidate).inserted {
            candidate = "\(name[..<dot])-\(number)\(name[dot...])"
            number += 1
        }
        return candidate
    }
}

extension String {
    /// Without white space at both ends.
    public var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
