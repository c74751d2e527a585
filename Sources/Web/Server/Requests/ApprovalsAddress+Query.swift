internal import Core
internal import Engine
internal import HTTPServer

extension ApprovalsAddress {
    /// Reads what stands behind the question mark of the inbox.
    /// - Throws: `SignalboxError`: `invalid_input` for a kind that there is not, `not_found` for a page.
    init(_ request: Request) throws {
        self.init()
        isSettled = request.query["show"] == "settled"
        page = try request.pageNumber
        plan = request.query["plan"].flatMap { $0.isEmpty ? nil : $0 }
        guard let text = request.query["kind"], !text.isEmpty else { return }
        guard let kind = DecisionRequest.Kind(rawValue: text) else {
            throw SignalboxError(
                .invalidInput, "There is no kind of request \"\(text.prefix(64))\".",
                hint: "The kinds are \(DecisionRequest.Kind.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        self.kind = kind
    }

    /// Reads what a form carries along.
    /// - Throws: `SignalboxError`.
    init(query text: String) throws {
        try self.init(try Request(.get, "/approvals?\(text)"))
    }
}
