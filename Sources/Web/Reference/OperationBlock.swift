internal import Core

/// An operation of the API with what it takes and what it answers.
enum OperationBlock: Sendable {
    static func render(method: String, path: String, _ operation: JSON) -> HTML {
        let id = operation["operationId"]?.stringValue
        return """
            <article class="operation"\(attribute: "id", id)>
            <h3><span class="label">\(method)</span><code>\(path)</code></h3>
            <p>\(operation["summary"]?.stringValue)</p>
            <dl class="pairs">\(parameters(operation))\(body(operation))\(responses(operation))</dl></article>

            """
    }

    private static func parameters(_ operation: JSON) -> [HTML] {
        (operation["parameters"]?.arrayValue ?? []).map { parameter in
            """
            <dt><code>\(parameter["name"]?.stringValue)</code></dt><dd>\
            \(SchemaText.words(for: parameter["schema"] ?? [:])), in the \(parameter["in"]?.stringValue)\
            \(", required", if: parameter["required"] == true). \
            <span class="dim">\(parameter["description"]?.stringValue)</span></dd>
            """
        }
    }

    private static func body(_ operation: JSON) -> [HTML] {
        (operation["requestBody"]?["content"]?.objectValue ?? [:]).map { content in
            """
            <dt>Body</dt><dd><code>\(content.name)</code> \(schema(content.value)). \
            <span class="dim">\(operation["requestBody"]?["description"]?.stringValue)</span></dd>
            """
        }
    }

    /// What it answers when all is well in full, and of problems the codes.
    private static func responses(_ operation: JSON) -> [HTML] {
        (operation["responses"]?.objectValue ?? [:]).map { response in
            let contents = (response.value["content"]?.objectValue ?? [:]).map { content -> HTML in
                content.name == "application/problem+json"
                    ? .empty : " <code>\(content.name)</code> \(schema(content.value))"
            }
            return """
                <dt>\(response.name)</dt><dd>\(plain(response.value["description"]?.stringValue))\(contents)</dd>
                """
        }
    }

    private static func schema(_ content: JSON) -> HTML {
        content["schema"].map(SchemaText.words) ?? .empty
    }

    /// Codes stand in backticks in the document.
    private static func plain(_ text: String?) -> String { (text ?? "").filter { $0 != "`" } }
}
