internal import Core

/// The reference of the API, made from its OpenAPI document: every operation, and every schema that has a name.
enum ReferencePage: Sendable {
    private static let title = "API reference"

    static func document(_ document: JSON, approvals: Int, now: Timestamp) -> HTML {
        Layout.document(
            Layout.Page(
                title: title, streamPath: nil, section: .reference, approvals: approvals,
                fragment: Layout.fragment(
                    title: title, state: nil, now: now, approvals: approvals,
                    content: """
                        <div class="reference"><h1>\(title)</h1>
                        <p>All of it for programs: <a href="/api/openapi.json">openapi.json</a>, \
                        OpenAPI \(document["openapi"]?.stringValue). \
                        Problems are told as <a href="#schema-Problem">problem details</a> with a stable code.</p>
                        \(resources(document))
                        \(schemas(document))</div>
                        """)))
    }

    private static func resources(_ document: JSON) -> [HTML] {
        var names: [String] = []
        var operations: [String: [HTML]] = [:]
        for path in document["paths"]?.objectValue ?? [:] {
            for method in path.value.objectValue ?? [:] {
                let tag = method.value["tags"]?.arrayValue?.first?.stringValue ?? ""
                if operations[tag] == nil { names.append(tag) }
                operations[tag, default: []].append(
                    OperationBlock.render(method: method.name.uppercased(), path: path.name, method.value))
            }
        }
        return names.map { name in
            """
            <section class="panel" aria-labelledby="resource-\(name)"><div class="panel-head">\
            <h2 id="resource-\(name)">\(name)</h2></div>\(operations[name] ?? [])</section>

            """
        }
    }

    private static func schemas(_ document: JSON) -> HTML {
        let blocks = (document["components"]?["schemas"]?.objectValue ?? [:]).map { schema -> HTML in
            """
            <div class="operation" id="schema-\(schema.name)"><h3>\(schema.name)</h3>\
            \(SchemaText.members(of: schema.value))</div>

            """
        }
        return """
            <section class="panel" aria-labelledby="schemas"><div class="panel-head"><h2 id="schemas">Schemas</h2></div>\
            \(blocks)</section>
            """
    }
}
