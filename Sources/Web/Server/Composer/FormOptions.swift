internal import Core
internal import Engine
internal import Runtime
internal import Store

/// Fields that every form that starts a task has.
struct FormOptions: Sendable {
    let runtime: Runtime

    /// How many models are offered.
    private static let modelsMaximum = 50

    /// Name, tags and model.
    func fields(name: String = "", tags: [String] = [], model: String? = nil) async throws -> [FormFieldView] {
        var fields = [
            FormFieldView(
                name: FieldName.name, label: "Name", control: .text, initial: name,
                rule: "Left empty, it is made up from what the task is given"),
            FormFieldView(
                name: FieldName.tags, label: "Tags", control: .text, initial: tags.joined(separator: ", "),
                rule: "With commas between them"),
            try await self.model(model),
        ]
        for place in fields.indices { fields[place].saysOptional = false }
        return fields
    }

    private func model(_ model: String?) async throws -> FormFieldView {
        let standard = runtime.configuration.defaultModel
        var known = try await runtime.taskCounts(.model, limit: Self.modelsMaximum).map(\.value.text)
        if let standard, !known.contains(standard) { known.insert(standard, at: 0) }
        return FormFieldView(
            name: FieldName.model, label: "Model",
            control: .suggested(
                known, placeholder: standard.map { "Use default (\($0))" } ?? "Use default"),
            initial: model ?? "",
            rule: "provider/model, for all agents; left empty, what plan and settings say")
    }

    /// The bounds, with what the settings allow.
    func limits(_ limits: TaskLimits = TaskLimits()) -> [FormFieldView] {
        let settings = runtime.configuration.agents
        return LimitField.allCases.map { field in
            let cap: String? =
                switch field {
                case .duration: Format.duration(milliseconds: settings.maxDurationMilliseconds)
                case .tokens: settings.tokens.map(Format.grouped)
                case .cost: settings.cost.map { Format.dollars(nanoDollars: $0.rawValue) }
                case .modelCalls: nil
                case .toolCalls: Format.grouped(Int64(settings.toolCalls))
                case .turns: Format.grouped(Int64(settings.turns))
                }
            var view = field.view(initial: field.text(limits) ?? "", cap: cap)
            view.saysOptional = false
            return view
        }
    }
}

extension LimitField {
    /// The bound as somebody types it; nil for none.
    func text(_ limits: TaskLimits) -> String? {
        switch self {
        case .duration: limits.durationMilliseconds.map(Self.duration)
        case .tokens: limits.tokens.map(String.init)
        case .cost: limits.cost?.description
        case .modelCalls: limits.modelCalls.map(String.init)
        case .toolCalls: limits.toolCalls.map(String.init)
        case .turns: limits.turns.map(String.init)
        }
    }

    /// As plans write it, in the largest unit that leaves nothing over.
    private static func duration(_ milliseconds: Int64) -> String {
        for (unit, length) in [("h", Int64(3_600_000)), ("m", 60_000), ("s", 1_000)]
        where milliseconds % length == 0 { return "\(milliseconds / length)\(unit)" }
        return "\(milliseconds)ms"
    }
}
