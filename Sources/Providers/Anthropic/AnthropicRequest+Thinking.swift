internal import Core

extension AnthropicRequest {
    /// How the request speaks of thinking.
    struct ThinkingMode: Sendable {
        /// The member `thinking`; nil leaves it to the model.
        var json: JSON?
        /// Whether the model is going to think.
        var isOn: Bool
    }

    /// What is asked for, as far as the model can do it. A level is a budget of tokens for older models and an effort for
    /// newer ones, which show their thinking only where that is asked for.
    var thinking: ThinkingMode {
        switch model.thinking {
        case .none: ThinkingMode(json: nil, isOn: false)
        case .budget: budgeted
        case .adaptive: adaptive
        }
    }

    /// How hard a model that bounds its thinking by itself is to try; nil for its own default.
    var effort: String? {
        guard model.thinking == .adaptive else { return nil }
        return switch request.thinking {
        case nil: nil
        // Only a model that cannot be kept from thinking is told how little.
        case .off: model.thinksAlways ? "low" : nil
        case .minimal, .low: "low"
        case .medium: "medium"
        case .high: "high"
        }
    }

    /// Whether the answer must be a call: not possible for a model that thinks.
    private var isCallForced: Bool {
        switch request.toolChoice {
        case .required, .tool: true
        case .auto, .none: false
        }
    }

    private var adaptive: ThinkingMode {
        let shown = ThinkingMode(json: ["type": "adaptive", "display": "summarized"], isOn: true)
        guard !model.thinksAlways else { return shown }
        // From version 5 on they think unless they are told not to; before, only where they are told to.
        let disabled: JSON = ["type": "disabled"]
        let off = ThinkingMode(json: model.thinksByItself ? .some(disabled) : .none, isOn: false)
        return switch request.thinking {
        case nil: model.thinksByItself && !isCallForced ? shown : off
        case .off: off
        case .minimal, .low, .medium, .high: isCallForced ? off : shown
        }
    }

    private var budgeted: ThinkingMode {
        let off = ThinkingMode(json: nil, isOn: false)
        guard let wanted = wantedBudget, !isCallForced, !endsInCallsWithoutThinking else { return off }
        // The budget is part of the bound on the answer, which needs room beside it. What goes on keeps that of the
        // first request while it fits: with another one the provider finds nothing of the conversation in its cache.
        var budget = min(wanted, (wholeMaximum ?? outputTokensMaximum) * 3 / 4)
        guard budget >= Self.budgetMinimum, outputTokensMaximum > Self.budgetMinimum else { return off }
        if budget >= outputTokensMaximum { budget = max(Self.budgetMinimum, outputTokensMaximum * 3 / 4) }
        return ThinkingMode(json: ["type": "enabled", "budget_tokens": .int(Int64(budget))], isOn: true)
    }

    /// The least that the interface accepts.
    private static let budgetMinimum = 1_024

    private var wantedBudget: Int? {
        switch request.thinking {
        case nil, .off: nil
        case .minimal: Self.budgetMinimum
        case .low: 4_096
        case .medium: 10_240
        case .high: 24_576
        }
    }

    /// Whether tools have been called without thinking, by another model or before thinking was asked for. A model with
    /// a budget refuses to take up thinking in the middle of that.
    private var endsInCallsWithoutThinking: Bool {
        guard let last = request.messages.last(where: { $0.role == .assistant }),
            request.messages.last?.parts.contains(where: { if case .toolResult = $0 { true } else { false } }) == true
        else { return false }
        return !last.parts.contains { part in
            if case .thinking(let thinking) = part {
                ProviderState.owned(thinking.state, by: request.model) != nil
            } else {
                false
            }
        }
    }
}
