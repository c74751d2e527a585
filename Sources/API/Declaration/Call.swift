internal import Core
internal import HTTPServer
internal import Plans

/// A request to an operation, of which only what the operation declares can be read.
struct Call: Sendable {
    let request: Request
    private let operation: Operation

    /// - Throws: `SignalboxError` with code `invalid_input` for a parameter that is not declared, stands twice or is not
    ///   what is declared.
    init(_ request: Request, of operation: Operation) throws {
        self.request = request
        self.operation = operation
        let known = operation.parameters.filter { $0.place == .query }.map(\.name)
        for parameter in request.query where !known.contains(parameter.name) {
            throw SignalboxError(
                .invalidInput, "There is no parameter \"\(parameter.name.prefix(80))\".",
                hint: known.isEmpty
                    ? nil : Suggestion.hint(for: parameter.name, among: known, called: "the parameters are"))
        }
        for name in known where request.query.all(name).count > 1 {
            throw SignalboxError(.invalidInput, "The parameter \"\(name)\" stands twice.")
        }
        for parameter in operation.parameters { try parameter.check(request) }
        try checkBody()
        try checkConditions()
    }

    /// A condition that is not understood must not be taken as fulfilled.
    private func checkConditions() throws {
        guard !request.method.isSafe, request.headers["If-None-Match"] != nil else { return }
        throw SignalboxError(
            .invalidInput, "If-None-Match is understood for reading only.",
            hint: "Send If-Match with the version that you have seen.")
    }

    /// Whoever sends a body expects something of it, so an operation that reads none takes none but an empty object. No
    /// operation unpacks bodies.
    private func checkBody() throws {
        if let coding = request.headers["Content-Encoding"], coding.lowercased() != "identity", !request.method.isSafe {
            throw SignalboxError(
                .unsupportedMediaType, "The body must be sent as it is, not as \(coding.prefix(40)).",
                hint: "Leave out Content-Encoding.")
        }
        guard operation.body == nil, !request.body.isEmpty else { return }
        let text = request.body.lazy.filter { ![0x09, 0x0A, 0x0D, 0x20].contains($0) }.prefix(3)
        guard text.isEmpty || text.elementsEqual("{}".utf8) else {
            throw SignalboxError(
                .invalidInput, "\(request.method.rawValue) \(request.path) takes no body.", at: .pointer(""),
                hint: "Leave it out.")
        }
    }

    /// The value of a parameter.
    subscript<Value>(parameter: Parameter<Value>) -> Value {
        get throws {
            precondition(
                operation.parameters.contains { $0.name == parameter.name && $0.place == parameter.place },
                "\(operation.id) does not declare the parameter \(parameter.name).")
            return try parameter.value(in: request)
        }
    }

    /// The body as JSON; an empty object where it may be missing and is.
    /// - Throws: `SignalboxError` with code `unsupported_media_type` or `invalid_json`.
    func json() throws -> JSON {
        guard let body = operation.body, body.schema != nil else {
            preconditionFailure("\(operation.id) declares no JSON body.")
        }
        return request.body.isEmpty && !body.isRequired ? [:] : try request.json()
    }
}
