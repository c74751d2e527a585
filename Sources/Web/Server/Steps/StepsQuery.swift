internal import API
internal import Core
internal import HTTPServer
internal import Runtime

/// What of a task's steps an address asks for: `?step=each%2F3%2Fread`, with `&run=2` for the turns of an earlier run, and of a
/// loop `&after=49`, `&failed=true` or `&iteration=120`.
struct StepsQuery: Sendable {
    var step: StepPath?
    var run: RunNumber?
    var after: Int?
    var isFailedOnly = false

    /// - Throws: `SignalboxError` with code `not_found` for what is no number.
    init(_ request: Request) throws {
        step = request.query["step"].map { StepPath(rawValue: $0) }
        if let chosen = try request.chosenRun { run = chosen.number }
        try readPage(request)
        if let step, let index = try request.number("iteration") { self.step = step.appending(index) }
    }

    /// Of the loop or iteration that a fragment is about.
    /// - Throws: `SignalboxError` with code `not_found` for what is no number.
    init(of path: StepPath, _ request: Request) throws {
        step = path
        try readPage(request)
        if let index = try request.number("iteration") { step = path.appending(index) }
    }

    private mutating func readPage(_ request: Request) throws {
        after = try request.number("after")
        isFailedOnly = request.query["failed"] == "true"
    }

    var opening: StepOpening { StepOpening(step: step, after: after, isFailedOnly: isFailedOnly) }

    /// The same as text, for the page's stream.
    var text: String {
        guard let step else { return "" }
        let members: [String?] = [
            "step=\(Attachment.percentEncoded(step.rawValue))", run.map { "run=\($0.rawValue)" },
            after.map { "after=\($0)" }, isFailedOnly ? "failed=true" : nil,
        ]
        return members.compactMap(\.self).joined(separator: "&")
    }
}

extension Request {
    fileprivate func number(_ name: String) throws -> Int? {
        guard let text = query[name], !text.isEmpty else { return nil }
        guard let number = Int(text), number >= 0 else {
            throw SignalboxError(.notFound, "There is no iteration \"\(text.prefix(20))\".")
        }
        return number
    }
}
