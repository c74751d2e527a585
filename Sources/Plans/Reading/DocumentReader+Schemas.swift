internal import Core

extension DocumentReader {
    /// Reads a JSON Schema, which is taken as it is written.
    mutating func schema(_ node: YAMLNode, _ what: String = "\"schema\"") -> JSON? {
        guard node.entries != nil else {
            reportType(node, what, mustBe: "a mapping", hint: "write a JSON Schema, such as { type: object }")
            return nil
        }
        if let place = Self.firstExpression(in: node) {
            report("\(what) cannot hold expressions", at: place, hint: "it is checked before the task runs")
            return nil
        }
        return node.json
    }

    /// Reads what a person fills in: a JSON Schema of an object.
    mutating func form(_ node: YAMLNode) -> JSON? {
        guard let form = schema(node, "\"form\"") else { return nil }
        if form["type"]?.stringValue != "object" {
            report(
                "\"form\" must describe an object", at: (node["type"] ?? node).range,
                hint: "write form: { type: object, properties: … }")
        }
        return form
    }

    private static func firstExpression(in node: YAMLNode) -> Range<Int>? {
        switch node.content {
        case .refused: return nil
        case .scalar(let scalar): return TemplateScanner.isTemplate(scalar.text) ? node.range : nil
        case .sequence(let elements):
            for element in elements { if let place = firstExpression(in: element) { return place } }
            return nil
        case .mapping(let entries):
            for entry in entries {
                if TemplateScanner.isTemplate(entry.name) { return entry.nameRange }
                if let place = firstExpression(in: entry.value) { return place }
            }
            return nil
        }
    }
}
