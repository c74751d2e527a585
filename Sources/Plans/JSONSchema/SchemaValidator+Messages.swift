internal import Core

extension SchemaValidator {
    /// Notes that the value does not follow a rule, and says so.
    /// - Parameters:
    ///   - keyword: of the rule, if it has several.
    ///   - step: from the value to what is wrong in it.
    ///   - sentence: gets what it is about.
    mutating func fail(
        _ rule: SchemaRule, keyword: String? = nil, at step: Step? = nil, hint: () -> String? = { nil },
        _ sentence: (String) -> String
    ) -> Bool {
        guard isCollecting else { return false }
        let steps = path + (step.map { [$0] } ?? [])
        let subject = memberName.map { "the name \(Self.named($0))" } ?? Self.subject(steps)
        let keyword = keyword ?? rule.keyword
        add(
            SchemaViolation(
                instancePointer: Self.pointer(steps),
                schemaPointer: schema.nodes[rule.node].pointer + (keyword.isEmpty ? "" : "/\(keyword)"),
                message: sentence(subject), hint: hint()))
        return false
    }

    /// Where the value stands.
    var pointer: String { Self.pointer(path) }

    /// Behind the sentence about something missing: where it is missing.
    var whereMissing: String { path.isEmpty ? "" : " in \(Self.subject(path))" }

    /// A name in quotes. It may have megabytes; only its beginning is worth a look.
    static func named(_ name: String) -> String { quoted(String(name.unicodeScalars.prefix(200))) }

    private static func pointer(_ steps: [Step]) -> String {
        var pointer = ""
        for step in steps {
            switch step {
            case .name(let name):
                // A pointer that is too long ends at the last value that it can name.
                guard pointer.utf8.count + name.utf8.count < Limits.schemaPointerBytesMaximum else { return pointer }
                pointer += "/" + JSONPointer.escaped(name)
            case .place(let place): pointer += "/\(place)"
            }
        }
        return pointer
    }

    /// What people call it: `"lines[0]"`, `"amount"`, `the value`.
    private static func subject(_ steps: [Step]) -> String {
        var places = ""
        for step in steps.reversed() {
            switch step {
            case .place(let place): places = "[\(place)]" + places
            case .name(let name): return "\"\(shortened(String(name.unicodeScalars.prefix(200))))\(places)\""
            }
        }
        return places.isEmpty ? "the value" : "\"\(places)\""
    }
}
