internal import Core

extension DocumentReader {
    /// Reads a JSON Schema, which is taken as it is written, and checks it.
    /// - Parameter assertsFormats: whether what it returns holds values to their `format`.
    mutating func schema(
        _ node: YAMLNode, _ what: String = "\"schema\"", assertsFormats: Bool = false
    ) -> JSONSchema? {
        guard node.entries != nil else {
            reportType(node, what, mustBe: "a mapping", hint: "write a JSON Schema, such as { type: object }")
            return nil
        }
        if let place = Self.firstExpression(in: node) {
            report("\(what) cannot hold expressions", at: place, hint: "it is checked before the task runs")
            return nil
        }
        do {
            let schema = try JSONSchema(node.json, assertsFormats: assertsFormats)
            // What does nothing is a note in JSON Schema, and in a plan a mistake, as misspelt keys are.
            for warning in schema.warnings { report(warning, in: node) }
            return schema
        } catch let error as SignalboxError {
            for finding in error.diagnostics { report(finding, in: node) }
            if error.diagnostics.isEmpty { report("\(what): \(error.message)", at: node.range, hint: error.hint) }
        } catch {
            preconditionFailure("Compiling a schema throws errors of ours.")
        }
        return nil
    }

    /// Reads what a person fills in: a JSON Schema of an object.
    mutating func form(_ node: YAMLNode) -> JSON? {
        guard let form = schema(node, "\"form\"")?.source else { return nil }
        if form["type"]?.stringValue != "object" {
            report(
                "\"form\" must describe an object", at: (node["type"] ?? node).range,
                hint: "write form: { type: object, properties: … }")
        }
        return form
    }

    /// Reports what is wrong with a part of a value, which the finding names by a JSON pointer.
    mutating func report(_ finding: Diagnostic, in node: YAMLNode) {
        guard case .pointer(let pointer) = finding.place else {
            report(finding.message, at: node.range, hint: finding.hint)
            return
        }
        report(finding.message, at: node.range(of: JSONPointer(text: pointer)), hint: finding.hint)
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

extension YAMLNode {
    /// Where the value of a pointer stands, or the nearest around it that there is.
    fileprivate func range(of pointer: JSONPointer) -> Range<Int> {
        var node = self
        for token in pointer.tokens {
            guard let next = node[token] ?? node.element(at: token) else { break }
            node = next
        }
        return node.range
    }

    private func element(at token: String) -> YAMLNode? {
        guard let elements, let place = Int(token), elements.indices.contains(place) else { return nil }
        return elements[place]
    }
}
