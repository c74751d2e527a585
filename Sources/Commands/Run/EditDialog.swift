internal import Core

/// Lets what is proposed be changed on a terminal, value by value; an empty line keeps what stands there.
struct EditDialog: Sendable {
    let context: CommandContext
    /// What the members of an object are called.
    var label: @Sendable (_ member: String) -> String = { $0 }

    /// The changed value; nil when the answers end before that.
    func edited(_ value: JSON) async throws -> JSON? {
        guard case .object(var members) = value else { return try await edited(value, name: "new value") }
        for member in members {
            let name = DisplayText.line(label(member.name))
            guard let value = try await edited(member.value, name: name) else { return nil }
            members[member.name] = value
        }
        return .object(members)
    }

    private func edited(_ value: JSON, name: String) async throws -> JSON? {
        while true {
            context.errors.write("  \(name) [\(DisplayText.line(value.stringValue ?? value.text))]: ")
            guard let text = try await Question.answer() else { return nil }
            if text.isEmpty { return value }
            if value.stringValue != nil { return .string(text) }
            do {
                return try JSON(parsing: text)
            } catch let error as SignalboxError {
                context.errors.writeLine("  " + context.style.red(DisplayText.line(error.message)))
            }
        }
    }
}
