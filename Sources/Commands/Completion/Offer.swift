/// What a shell can offer in the place of a value.
enum Offer: Sendable, Hashable {
    /// One of these; behind those that end in `=` something follows.
    case words([String])
    case file
    case directory
    /// Only who types it knows.
    case nothing
}

extension OptionSyntax {
    /// What a shell can offer as its value.
    var offer: Offer {
        if !choices.isEmpty { return .words(choices) }
        return switch value {
        case "FILE", "PATH": .file
        case "DIR": .directory
        default: .nothing
        }
    }
}

extension VerbSyntax {
    /// What a shell can offer as an operand; words are for the first one only.
    var operandOffer: Offer {
        if !operandChoices.isEmpty { return .words(operandChoices) }
        guard let name = operands.names.first else { return .nothing }
        return ["FILE", "PLAN", "AGENT"].contains(name) ? .file : .nothing
    }

    /// The names of options that take a value, by what can be offered for it, in order.
    var optionsByOffer: [(offer: Offer, names: [String])] {
        var groups: [(offer: Offer, names: [String])] = []
        for option in options where option.value != nil {
            if let place = groups.firstIndex(where: { $0.offer == option.offer }) {
                groups[place].names.append(option.name)
            } else {
                groups.append((option.offer, [option.name]))
            }
        }
        return groups
    }
}
