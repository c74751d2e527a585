internal import Core
internal import Plans

/// Changes one setting in the text of a settings file, and leaves everything else in it as it is: other settings,
/// comments, order and spelling.
enum SettingsEditor: Sendable {
    /// The text with the setting.
    /// - Parameter path: what messages call it.
    /// - Throws: `SignalboxError` with code `invalid_configuration` when the text has mistakes, or is written in a way that
    ///   only a person can change.
    static func text(
        _ text: String, setting: SettingDefinition, to value: JSON, path: String
    ) throws -> String {
        _ = try ConfigurationFile(text: text, path: path)
        let root = try PositionedValue.read(text: text, path: path)
        let words = setting.kind.yaml(of: value)
        let names = setting.name.split(separator: ".").map(String.init)
        let changed = edited(text, root, names, words)
        // What was meant is known, so a text that says anything else is never written.
        guard try meaning(of: changed, path) == meaning(root?.json ?? .null, names, setting.kind, value) else {
            throw SignalboxError(
                .configuration, "\(path) is written in a way that cannot be changed without touching more of it.",
                hint:
                    "Write \(names.joined(separator: ": { "))\(names.count > 1 ? ": \(words) }" : ": \(words)") into it."
            )
        }
        return changed
    }

    /// The text without the setting: its line goes, and that of what holds it when nothing else stands there.
    /// - Throws: `SignalboxError` with code `invalid_configuration` when the text has mistakes, or is written in a way that
    ///   only a person can change.
    static func text(_ text: String, removing setting: SettingDefinition, path: String) throws -> String {
        _ = try ConfigurationFile(text: text, path: path)
        let root = try PositionedValue.read(text: text, path: path)
        let names = setting.name.split(separator: ".").map(String.init)
        guard let outer = root?.entries?.first(where: { $0.name == names[0] }) else { return text }
        var entry = outer
        if names.count > 1 {
            let fields = outer.value.entries ?? []
            guard let field = fields.first(where: { $0.name == names[1] }) else { return text }
            if fields.count > 1 { entry = field }
        }
        let scalars = scalars(of: text)
        let start = scalars[..<entry.nameRange.lowerBound].lastIndex(of: "\n").map { $0 + 1 } ?? 0
        let last = max(entry.nameRange.upperBound, entry.value.lastPlace)
        // A value may end with the line break behind it.
        let end =
            last > start && scalars[last - 1] == "\n" ? last : scalars[last...].firstIndex(of: "\n").map { $0 + 1 }
        let changed = replacing(start..<(end ?? scalars.count), of: text, by: "")
        var expected = root?.json.objectValue ?? [:]
        if entry.name == names[0] {
            expected[names[0]] = nil
        } else {
            var inner = expected[names[0]]?.objectValue ?? [:]
            inner[names[1]] = nil
            expected[names[0]] = .object(inner)
        }
        guard try said(by: changed, path) == expected else {
            throw SignalboxError(
                .configuration, "\(path) is written in a way that cannot be changed without touching more of it.",
                hint: "Take \(setting.name) out of it by hand.")
        }
        return changed
    }

    /// What a text says; nil when it cannot be read any more.
    private static func said(by text: String, _ path: String) throws -> JSONObject? {
        do {
            _ = try ConfigurationFile(text: text, path: path)
            let json = try PositionedValue.read(text: text, path: path)?.json ?? .null
            return json.isNull ? JSONObject() : json.objectValue
        } catch let error as SignalboxError where error.code == .configuration {
            return nil
        }
    }

    private static func edited(_ text: String, _ root: PositionedValue?, _ names: [String], _ words: String) -> String {
        guard let entry = root?.entries?.first(where: { $0.name == names[0] }) else {
            let separator = text.isEmpty || text.hasSuffix("\n") ? "" : "\n"
            let lines = names.count == 1 ? "\(names[0]): \(words)\n" : "\(names[0]):\n  \(names[1]): \(words)\n"
            return text + separator + lines
        }
        guard names.count > 1 else { return replacing(entry.value.range, of: text, by: words) }
        let fields = entry.value.entries ?? []
        if let field = fields.first(where: { $0.name == names[1] }) {
            return replacing(field.value.range, of: text, by: words)
        }
        guard let first = fields.first else { return text }
        let start = first.nameRange.lowerBound
        let scalars = scalars(of: text)
        let isFlow = scalars[entry.value.range.lowerBound] == "{"
        let line = scalars[..<start].lastIndex(of: "\n").map { $0 + 1 } ?? 0
        let indentation = String(repeating: " ", count: start - line)
        return replacing(
            start..<start, of: text, by: "\(names[1]): \(words)" + (isFlow ? ", " : "\n\(indentation)"))
    }

    private static func replacing(_ range: Range<Int>, of text: String, by words: String) -> String {
        var scalars = scalars(of: text)
        let needsSpace = range.isEmpty && range.lowerBound > 0 && scalars[range.lowerBound - 1] == ":"
        scalars.replaceSubrange(range, with: ((needsSpace ? " " : "") + words).unicodeScalars)
        return String(String.UnicodeScalarView(scalars))
    }

    /// As `PositionedValue` counts them.
    private static func scalars(of text: String) -> [Unicode.Scalar] {
        let scalars = Array(text.unicodeScalars)
        return scalars.first == "\u{FEFF}" ? Array(scalars.dropFirst()) : scalars
    }

    /// What a text says, with the value of every setting in one spelling; nil when it cannot be read any more.
    private static func meaning(of text: String, _ path: String) throws -> JSON? {
        do {
            _ = try ConfigurationFile(text: text, path: path)
            return try PositionedValue.read(text: text, path: path)?.json
        } catch let error as SignalboxError where error.code == .configuration {
            return nil
        }
    }

    /// What the changed text has to say.
    private static func meaning(
        _ before: JSON, _ names: [String], _ kind: SettingKind, _ value: JSON
    ) throws -> JSON? {
        let written = try PositionedValue.read(text: kind.yaml(of: value), path: "")?.json
        var object = before.objectValue ?? [:]
        if names.count == 1 {
            object[names[0]] = written
        } else {
            var inner = object[names[0]]?.objectValue ?? [:]
            inner[names[1]] = written
            object[names[0]] = .object(inner)
        }
        return .object(object)
    }
}

extension PositionedValue {
    /// Where the last of what it says ends: a block also has the comments behind it in its range.
    fileprivate var lastPlace: Int {
        let inner = (entries ?? []).map(\.value.lastPlace) + (elements ?? []).map(\.lastPlace)
        return inner.max() ?? range.upperBound
    }
}
