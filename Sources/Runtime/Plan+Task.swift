internal import CEL
internal import Core
internal import Engine
internal import Plans

extension Plan {
    /// What a task is called when nobody gives it a name: the plan's name, and the first line of its first text.
    func taskName(inputs given: JSONObject) -> String {
        let text = namingInput(given).flatMap { given[$0]?.stringValue }
        guard let line = text?.split(whereSeparator: \.isNewline).first, !line.isEmpty else { return name }
        return TaskName.shortened("\(name): \(line)")
    }

    /// The input whose text stands in that name: the first that is a text.
    func namingInput(_ given: JSONObject) -> String? {
        inputs.first { given[$0.name]?.stringValue != nil }?.name
    }

    /// The tasks that a task with these inputs must not run beside; nil for none.
    /// - Throws: `SignalboxError` with code `invalid_input` when the key cannot be worked out.
    func concurrencyGroup(inputs: JSONObject) throws -> ConcurrencyGroup? {
        guard let concurrency else { return nil }
        guard let template = concurrency.key else {
            return ConcurrencyGroup(key: name, maximum: concurrency.maximum)
        }
        var scope = Scope()
        scope["inputs"] = Value(JSON.object(inputs))
        let key: String
        switch try template.evaluate(in: scope) {
        case .string(let text): key = text
        case let other: key = other.text
        }
        guard key.utf8.count <= Limits.concurrencyKeyBytesMaximum else {
            throw SignalboxError(
                .invalidInput,
                "The concurrency key of the plan \"\(name)\" has more than \(Limits.concurrencyKeyBytesMaximum) bytes here."
            )
        }
        return ConcurrencyGroup(key: "\(name) \(key)", maximum: concurrency.maximum)
    }
}
