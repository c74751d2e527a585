internal import Core

/// The values of a mapping whose keys have been checked.
struct Fields {
    let range: Range<Int>
    private let entries: [String: YAMLNode.Entry]

    init(_ entries: [YAMLNode.Entry], range: Range<Int>) {
        self.range = range
        self.entries = Dictionary(entries.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The value of that key.
    subscript(name: String) -> YAMLNode? { entries[name]?.value }

    /// Where that key is written; the start of the mapping when it is not.
    func keyRange(_ name: String) -> Range<Int> { entries[name]?.nameRange ?? range }
}

extension DocumentReader {
    /// Reports that a value is of the wrong type.
    mutating func reportType(_ node: YAMLNode, _ what: String, mustBe expected: String, hint: String? = nil) {
        guard !node.isRefused else { return }
        report("\(what) must be \(expected), not \(node.typeName)", at: node.range, hint: hint)
    }

    /// The values of a mapping that has only known keys. Others are reported, unless `handles` does so itself.
    mutating func fields(
        of node: YAMLNode, _ what: String, keys: [String],
        handles: (inout DocumentReader, YAMLNode.Entry) -> Bool = { _, _ in false }
    ) -> Fields? {
        guard let entries = node.entries else {
            reportType(node, what, mustBe: "a mapping", hint: "its keys are \(keys.joined(separator: ", "))")
            return nil
        }
        for entry in entries where !keys.contains(entry.name) && !handles(&self, entry) {
            report(
                "\(what) has no key \"\(entry.name)\"", at: entry.nameRange,
                hint: Suggestion.hint(for: entry.name, among: keys, called: "its keys are"))
        }
        return Fields(entries, range: node.range)
    }

    /// The entries of a mapping whose keys are names that the author chooses.
    mutating func namedEntries(_ node: YAMLNode, _ what: String, each: String) -> [YAMLNode.Entry] {
        guard let entries = node.entries else {
            reportType(node, what, mustBe: "a mapping from name to \(each)")
            return []
        }
        for entry in entries where !PlanNames.isValid(entry.name) {
            report(
                "\"\(entry.name)\" cannot be the name of \(article(each)) \(each)", at: entry.nameRange,
                hint: PlanNames.rule)
        }
        return entries
    }

    /// The elements of a list.
    mutating func elements(_ node: YAMLNode, _ what: String, of things: String) -> [YAMLNode] {
        guard let elements = node.elements else {
            reportType(node, what, mustBe: "a list of \(things)", hint: "write [one, two]")
            return []
        }
        return elements
    }

    /// A text without expressions.
    mutating func string(_ node: YAMLNode, _ what: String) -> String? {
        guard let value = node.scalar?.value.stringValue else {
            reportType(node, what, mustBe: "a text", hint: node.scalar == nil || node.isNull ? nil : "put it in quotes")
            return nil
        }
        guard !TemplateScanner.isTemplate(value) else {
            report("\(what) cannot hold expressions", at: node.range, hint: "write the text itself")
            return nil
        }
        return value
    }

    /// A description: a text that is not empty.
    mutating func summary(_ node: YAMLNode?) -> String? {
        guard let node else { return nil }
        return string(node, "\"description\"")
    }

    /// One of a few words.
    /// - Parameter other: what else it can be; for the hint.
    mutating func word(_ node: YAMLNode, _ what: String, of words: [String], or other: String? = nil) -> String? {
        guard let text = string(node, what) else { return nil }
        guard words.contains(text) else {
            report(
                "\(what) cannot be \(quoted(text))", at: node.range,
                hint: Suggestion.hint(for: text, among: words + (other.map { [$0] } ?? []), called: "it can be"))
            return nil
        }
        return text
    }

    /// A whole number between two bounds.
    mutating func integer(_ node: YAMLNode, _ what: String, in range: ClosedRange<Int64>) -> Int64? {
        guard let value = node.scalar?.value.intValue else {
            // That a number is no number says nothing to who has written a fraction.
            if case .double(let fraction)? = node.scalar?.value {
                report("\(what) must be a whole number, not \(JSON.double(fraction).text)", at: node.range)
            } else {
                reportType(node, what, mustBe: "a whole number")
            }
            return nil
        }
        guard range.contains(value) else {
            report("\(what) must be between \(range.lowerBound) and \(range.upperBound)", at: node.range)
            return nil
        }
        return value
    }

    mutating func boolean(_ node: YAMLNode, _ what: String) -> Bool? {
        guard let value = node.scalar?.value.boolValue else {
            reportType(node, what, mustBe: "true or false")
            return nil
        }
        return value
    }

    static let durationHint = "write a number and a unit: 500ms, 10s, 5m, 1h30m or 2d"

    /// A length of time, in milliseconds.
    mutating func duration(_ node: YAMLNode, _ what: String) -> Int64? {
        guard let scalar = node.scalar, !node.isNull, scalar.value.boolValue == nil else {
            reportType(node, what, mustBe: "a duration", hint: Self.durationHint)
            return nil
        }
        guard !TemplateScanner.isTemplate(scalar.text) else {
            report("\(what) cannot hold expressions", at: node.range, hint: Self.durationHint)
            return nil
        }
        guard let value = DurationText.milliseconds(scalar.text) else {
            report(
                "\(what) is not a duration between 1ms and 366 days: \(quoted(scalar.text))", at: node.range,
                hint: Self.durationHint)
            return nil
        }
        return value
    }

    /// A path of a file that stands beside the plan.
    mutating func planFile(_ path: String, at range: Range<Int>) {
        guard PlanNames.isConfinedPath(path), !path.hasPrefix(LibraryReference.mark) else {
            report(
                "\"\(path)\" is not a path below the plan's directory", at: range,
                hint: "write it relative to the plan, without . and ..")
            return
        }
        guard source.files[path] == nil else { return }
        report(
            fileProblems[path] ?? "there is no file \"\(path)\" beside the plan", at: range,
            hint: Suggestion.nearest(to: path, in: source.files.keys).map { "did you mean \"\($0)\"?" })
    }

    func article(_ noun: String) -> String { "aeiou".contains(noun.prefix(1)) ? "an" : "a" }
}
