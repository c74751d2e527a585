internal import Core
internal import Plans

/// What is wrong with a JSON text, and on which line.
struct JSONMistake: Sendable, Hashable {
    var line: Int?
    var column: Int?
    /// The member it is about, as a JSON pointer.
    var pointer: String?
    var message: String
    var hint: String?

    /// With its place.
    var sentence: String {
        guard let line, let column else { return message }
        return "Line \(line), column \(column): \(message)"
    }

    /// All that an error says, with the places of the members that it names.
    static func all(of error: SignalboxError, in text: String) -> [JSONMistake] {
        let positions = positions(in: text)
        guard !error.diagnostics.isEmpty else {
            return [mistake(error.message, error.place, hint(error.hint, error.remedy), positions)]
        }
        return error.diagnostics.map { mistake($0.message, $0.place, hint($0.hint, $0.remedy), positions) }
    }

    /// - Parameter remedy: a member that would put it right too.
    private static func hint(_ hint: String?, _ remedy: String?) -> String? {
        let member = remedy.map { "Or say it here as “\($0.dropFirst())”." }
        return hint == nil && member == nil ? nil : [hint, member].compactMap(\.self).joined(separator: " ")
    }

    private static func mistake(
        _ message: String, _ place: Place?, _ hint: String?, _ root: PositionedValue?
    ) -> JSONMistake {
        switch place {
        case .source(nil, let line, let column)?:
            return JSONMistake(line: line, column: column, message: message, hint: hint)
        case .pointer(let pointer)?:
            var mistake = JSONMistake(pointer: pointer, message: message, hint: hint)
            if case .source(_, let line, let column)? = root?.place(of: pointer) {
                (mistake.line, mistake.column) = (line, column)
            }
            return mistake
        case let other: return JSONMistake(message: (other.map { "\($0): " } ?? "") + message, hint: hint)
        }
    }

    /// Every JSON text is YAML, whose reader keeps places.
    private static func positions(in text: String) -> PositionedValue? {
        do {
            return try PositionedValue.read(text: text, path: "request")
        } catch {
            return nil
        }
    }
}

extension PositionedValue {
    /// Where the member stands that a pointer names, or the deepest around it that is there.
    fileprivate func place(of pointer: String) -> Place {
        var value = self
        var found = place
        for part in pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
            let name = part.replacing("~1", with: "/").replacing("~0", with: "~")
            if let entry = value.entries?.first(where: { $0.name == name }) {
                (value, found) = (entry.value, entry.place)
            } else if let place = Int(name), let elements = value.elements, elements.indices.contains(place) {
                (value, found) = (elements[place], elements[place].place)
            } else {
                return found
            }
        }
        return found
    }
}
