internal import Core
internal import HTTPServer

/// An operation of the API. It is routed, its parameters are read and the document is written from this one value, so
/// that none of them can say something else than the others.
struct Operation: Sendable {
    typealias Body = @Sendable (Call) async throws -> Response

    let method: Method
    /// The path template of OpenAPI.
    let path: String
    /// The route's pattern: the template, but that its last part may take all that is left of a path (`{step...}`), where a
    /// template has that part with its slashes escaped.
    private let route: String
    /// Its name for programs that are generated from the document.
    let id: String
    /// A sentence for people.
    let summary: String
    let parameters: [any OperationParameter]
    let body: RequestBody?
    let answers: [Answer]
    /// The codes of problems that it has beside those that all have.
    let problems: [SignalboxError.Code]
    /// Throws for what can be seen to be wrong before a streamed body is read.
    private let check: @Sendable (Call) throws -> Void
    private let perform: Body

    /// - Parameter route: the pattern of its route, of which the path template is made.
    init(
        _ method: Method, _ route: String, _ id: String, _ summary: String,
        parameters: [any OperationParameter] = [], body: RequestBody? = nil, answers: [Answer],
        problems: [SignalboxError.Code] = [], check: @escaping @Sendable (Call) throws -> Void = { _ in },
        perform: @escaping Body
    ) {
        self.method = method
        self.route = route
        path = route.hasSuffix("...}") ? route.dropLast(4) + "}" : route
        self.id = id
        self.summary = summary
        self.parameters = parameters
        self.body = body
        self.answers = body == nil ? answers : answers.map(\.withBodyLimit)
        self.problems = problems
        self.check = check
        self.perform = perform
        let placeholders = path.split(separator: "/").filter { $0.hasPrefix("{") }.map { $0.dropFirst().dropLast() }
        let declared = parameters.filter { $0.place == .path }.map(\.name)
        precondition(
            Set(placeholders.map(String.init)) == Set(declared), "\(path) and its declared parameters differ.")
    }

    /// Adds its route.
    func install(in router: inout Router) {
        let handler: Handler = { request in
            let call = try Call(request, of: self)
            try check(call)
            return try await perform(call)
        }
        guard let body, body.isStreamed else {
            return router.on(method, route, bodyBytesMaximum: body?.bytesMaximum, handler: handler)
        }
        router.onStream(method, route, bodyBytesMaximum: body.bytesMaximum) { request in
            try check(try Call(request, of: self))
        } handler: { request in
            try await handler(request)
        }
    }

    /// The codes of all problems that may be its answer.
    var allProblems: [SignalboxError.Code] {
        var codes = ProblemCatalogue.everywhere
        if !method.isSafe { codes.append(.unsupportedMediaType) }
        if body?.schema != nil { codes.append(.invalidJSON) }
        return codes + problems.filter { !codes.contains($0) }
    }
}
