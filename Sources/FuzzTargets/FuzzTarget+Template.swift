internal import CEL
internal import Core
internal import Plans

extension FuzzTarget {
    /// Texts and documents with expressions in them, filled in.
    static let template = FuzzTarget("template", bytesMaximum: 1 << 10) { bytes in
        let text = Input.text(bytes)
        let templates = [
            try unlessRefused { try TemplateValue(parsing: .string(text)) },
            try unlessRefused { try TemplateValue(parsingYAML: text, path: "answers.yaml") },
        ]
        let scope = Scope(["inputs": Value(["name": "Ada", "count": 3, "list": [1, nil]])])
        for template in templates {
            guard let template else { continue }
            do {
                _ = try template.evaluate(in: scope, costLimit: 20_000)
            } catch is EvaluationError {
                continue
            } catch {
                try require(error is SignalboxError, "an error that is none of Signalbox's: \(error)")
            }
        }
    }
}
