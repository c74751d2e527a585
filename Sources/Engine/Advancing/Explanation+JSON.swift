internal import CEL
internal import Core

extension Explanation {
    /// How many sub-expressions are kept.
    private static let partsMaximum = 32
    /// The longest text of a value that is kept, in characters.
    private static let valueLengthMaximum = 200

    /// The form of the journal: the value, and that of every part that says something.
    var json: JSON {
        let parts: [JSON] = steps.dropFirst().prefix(Self.partsMaximum).map { step in
            ["expression": .string(step.text), "value": Self.value(step.outcome)]
        }
        var object: JSONObject = ["value": Self.value(outcome)]
        if let whole = steps.first { object["expression"] = .string(whole.text) }
        object["parts"] = .array(parts)
        return .object(object)
    }

    private static func value(_ outcome: Result<Value, EvaluationError>) -> JSON {
        switch outcome {
        case .failure(let error): return .string("error: \(error.message)")
        case .success(let value):
            guard let json = try? value.json() else { return "a value that JSON has no word for" }
            let text = json.text
            return text.utf8.count <= valueLengthMaximum ? json : .string(text.prefix(valueLengthMaximum) + "…")
        }
    }
}
