internal import Core
internal import HTTPServer

/// The OpenAPI 3.1 document of operations.
enum OpenAPIDocument: Sendable {
    static func json(of operations: [Operation]) -> JSON {
        var paths = JSONObject()
        var schemas = ProblemCatalogue.schema.definitions
        for operation in operations {
            var item = paths[operation.path]?.objectValue ?? [:]
            item[operation.method.rawValue.lowercased()] = .object(members(of: operation))
            paths[operation.path] = .object(item)
            for schema in schemasOf(operation) { schemas.merge(schema.definitions) { first, _ in first } }
        }
        let sorted = schemas.sorted { $0.key < $1.key }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "Signalbox", "version": .string(Version.number),
                "description": "Durable tasks of agents: what the pages and the command line do goes through this.",
            ],
            "servers": [["url": "/"]],
            "paths": .object(paths),
            "components": ["schemas": .object(JSONObject(sorted.map { ($0.key, $0.value) }))],
        ]
    }

    private static func schemasOf(_ operation: Operation) -> [Schema] {
        operation.parameters.map(\.schema) + [operation.body?.schema].compactMap(\.self)
            + operation.answers.flatMap { $0.contents.compactMap(\.schema) }
    }

    private static func members(of operation: Operation) -> JSONObject {
        var members: JSONObject = [
            "operationId": .string(operation.id), "summary": .string(operation.summary),
            "tags": [.string(tag(of: operation))],
        ]
        if !operation.parameters.isEmpty { members["parameters"] = .array(operation.parameters.map(parameter)) }
        if let body = operation.body { members["requestBody"] = requestBody(body) }
        var responses = JSONObject()
        for answer in operation.answers { responses[String(answer.status.rawValue)] = response(answer) }
        for (status, codes) in codesByStatus(operation) {
            var headers: [Answer.Header] = []
            if operation.body != nil { headers.append(Answer.bodyLimit) }
            if status == Status.serviceUnavailable.rawValue { headers.append(Answer.retryAfter) }
            responses[String(status)] = problem(codes, headers: headers)
        }
        members["responses"] = .object(responses)
        return members
    }

    /// The resource that it belongs to: the part of its path behind `api`.
    private static func tag(of operation: Operation) -> String {
        let parts = operation.path.split(separator: "/")
        guard parts.first == "api", parts.count > 1 else { return "health" }
        return parts[1] == "openapi.json" ? "reference" : String(parts[1])
    }

    private static func parameter(_ parameter: any OperationParameter) -> JSON {
        [
            "name": .string(parameter.name), "in": .string(parameter.place.rawValue),
            "required": .bool(parameter.isRequired), "description": .string(parameter.summary),
            "schema": parameter.schema.json,
        ]
    }

    private static func requestBody(_ body: RequestBody) -> JSON {
        var contents: JSONObject = [:]
        if let schema = body.schema { contents["application/json"] = ["schema": schema.json] }
        if body.mayBeYAML { contents[RequestBody.yaml] = ["schema": Schema.text.json] }
        if body.schema == nil { contents["application/octet-stream"] = [:] }
        if let form = body.form { contents["multipart/form-data"] = ["schema": form.json] }
        return [
            "required": .bool(body.isRequired), "content": .object(contents),
            "description": .string("At most \(body.bytesMaximum >> 20) MiB."),
        ]
    }

    private static func response(_ answer: Answer) -> JSON {
        var members: JSONObject = ["description": .string(answer.summary)]
        members["headers"] = headers(answer.headers)
        let contents = answer.contents.map { content -> (String, JSON) in
            (content.mediaType, content.schema.map { ["schema": $0.json] } ?? [:])
        }
        members["content"] = .object(JSONObject(contents))
        return .object(members)
    }

    private static func headers(_ headers: [Answer.Header]) -> JSON? {
        guard !headers.isEmpty else { return nil }
        return .object(
            JSONObject(
                headers.map { header -> (String, JSON) in
                    (header.name, ["description": .string(header.summary), "schema": Schema.text.json])
                }))
    }

    private static func codesByStatus(_ operation: Operation) -> [(Int, [String])] {
        let groups = Dictionary(grouping: operation.allProblems) { $0.status.rawValue }
        return groups.sorted { $0.key < $1.key }.map { ($0.key, $0.value.map(\.rawValue)) }
    }

    /// Problem details with one of these codes.
    private static func problem(_ codes: [String], headers: [Answer.Header]) -> JSON {
        let schema = ProblemCatalogue.schema.with("properties", ["code": Schema.word(codes).json])
        var members: JSONObject = [
            "description": .string(codes.map { "`\($0)`" }.joined(separator: ", ")),
            "content": ["application/problem+json": ["schema": schema.json]],
        ]
        members["headers"] = Self.headers(headers)
        return .object(members)
    }
}
