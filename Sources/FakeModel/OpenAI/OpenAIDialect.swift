internal import Core
internal import HTTPServer

/// What OpenAI's two interfaces have in common.
protocol OpenAIDialect: Dialect {}

extension OpenAIDialect {
    /// The body as an object with a model.
    func object(of request: Request) throws -> (body: JSON, model: String) {
        let body: JSON
        do {
            body = try JSON(parsing: request.body)
        } catch {
            throw RequestMistake(
                "We could not parse the JSON body of your request: it is not valid JSON. \(error.sentence)")
        }
        guard body.objectValue != nil else {
            throw RequestMistake("The JSON body of your request must be an object, not \(body.typeName).")
        }
        guard let model = body["model"]?.stringValue, !model.isEmpty else {
            throw RequestMistake("you must provide a model parameter")
        }
        if let temperature = body["temperature"]?.numberValue, !(0...2).contains(temperature) {
            throw RequestMistake(
                "Invalid 'temperature': must be between 0 and 2, but got \(temperature) instead.",
                parameter: "temperature", code: temperature > 2 ? "decimal_above_max_value" : "decimal_below_min_value")
        }
        return (body, model)
    }

    /// A member that is missing.
    func missing(_ path: String) -> RequestMistake {
        RequestMistake(
            "Missing required parameter: '\(path)'.", parameter: path, code: "missing_required_parameter")
    }

    /// A member of the wrong type.
    func wrongType(_ path: String, _ expected: String, _ value: JSON) -> RequestMistake {
        RequestMistake(
            "Invalid type for '\(path)': expected \(expected), but got \(value.articledTypeName) instead.",
            parameter: path, code: "invalid_type")
    }

    /// A word that is none of those there are.
    func wrongValue(_ path: String, _ value: String, _ known: [String]) -> RequestMistake {
        let list = known.map { "'\($0)'" }.joined(separator: ", ")
        return RequestMistake(
            "Invalid value: '\(value)'. Supported values are: \(list).", parameter: path, code: "invalid_value")
    }

    /// The name of a function that may be called.
    func checkedName(_ value: JSON?, _ path: String) throws -> String {
        guard let value else { throw missing(path) }
        guard let name = value.stringValue else { throw wrongType(path, "a string", value) }
        guard (1...64).contains(name.utf8.count) else {
            throw RequestMistake(
                "Invalid '\(path)': string too \(name.isEmpty ? "short" : "long"). Expected a string with length 1 to 64.",
                parameter: path, code: name.isEmpty ? "string_below_min_length" : "string_above_max_length")
        }
        guard name.utf8.allSatisfy(\.isNameByte) else {
            throw RequestMistake(
                "Invalid '\(path)': string does not match pattern. Expected a string that matches the pattern "
                    + "'^[a-zA-Z0-9_-]+$'.", parameter: path, code: "invalid_value")
        }
        return name
    }

    /// The parameters of a function: a schema of an object.
    func checkParameters(_ value: JSON?, of name: String, _ path: String) throws {
        guard let value, !value.isNull else { return }
        guard value.objectValue != nil else { throw wrongType(path, "an object", value) }
        guard value["type"]?.stringValue == "object" || value.objectValue?.isEmpty == true else {
            throw RequestMistake(
                "Invalid schema for function '\(name)': schema must be a JSON Schema of 'type: \"object\"', got "
                    + "'type: \"\(value["type"]?.stringValue ?? "None")\"'.",
                parameter: path, code: "invalid_function_parameters")
        }
    }

    func error(_ mistake: RequestMistake, overrides: JSONObject?, _ identity: AnswerIdentity) -> JSON {
        let kind =
            switch mistake.status {
            case 429: "requests"
            case 500...: "server_error"
            default: "invalid_request_error"
            }
        let code: String? = mistake.status == 429 ? "rate_limit_exceeded" : nil
        let object: JSONObject = [
            "message": .string(mistake.message), "type": .string(mistake.kind ?? kind),
            "param": mistake.parameter.map(JSON.string) ?? .null,
            "code": (mistake.code ?? code).map(JSON.string) ?? .null,
        ]
        return ["error": .object(object.overridden(by: overrides))]
    }

    func headers(_ identity: AnswerIdentity) -> Headers {
        [
            "x-request-id": identity.id("req_"), "openai-version": "2020-10-01", "openai-processing-ms": "1",
            "x-ratelimit-limit-requests": "10000", "x-ratelimit-remaining-requests": "9999",
            "x-ratelimit-limit-tokens": "10000000", "x-ratelimit-remaining-tokens": "9999000",
        ]
    }

    func refusal(of request: Request, key: String) -> RequestMistake? {
        guard let given = request.headers["Authorization"] else {
            return RequestMistake(
                "You didn't provide an API key. You need to provide your API key in an Authorization header using "
                    + "Bearer auth (i.e. Authorization: Bearer YOUR_KEY).", status: 401)
        }
        guard given.lowercased().hasPrefix("bearer "), given.dropFirst(7) == key else {
            // The key itself is not repeated: it would stand in somebody's log.
            return RequestMistake("Incorrect API key provided.", status: 401, code: "invalid_api_key")
        }
        return nil
    }
}

extension UInt8 {
    /// Whether it may stand in the name of a tool.
    var isNameByte: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

extension JSON {
    /// The number, whether it is written with a fraction or not.
    var numberValue: Double? {
        switch self {
        case .int(let value): Double(value)
        case .double(let value): value
        default: nil
        }
    }

    /// `an object`, `a string`.
    var articledTypeName: String {
        let name = typeName
        return name == "null" ? "null" : ("aeio".contains(name.prefix(1)) ? "an " : "a ") + name
    }
}

extension Error {
    /// What an error of ours says.
    var sentence: String { (self as? SignalboxError)?.message ?? "\(self)" }
}
