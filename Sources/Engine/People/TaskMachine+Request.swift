internal import Core
internal import Plans

extension TaskMachine {
    /// Asks a person.
    /// - Parameter complete: adds what the request is about.
    mutating func request(
        _ kind: DecisionRequest.Kind, at path: StepPath, run: RunNumber?, title: String,
        policy: RequestPolicy = RequestPolicy(), _ complete: (inout DecisionRequest) -> Void
    ) {
        var request = DecisionRequest(
            ordinal: state.requestCount + 1, kind: kind, step: path, run: run, title: title,
            deciders: policy.deciders, requestedAt: now,
            expiresAt: policy.expiryMilliseconds.map(now.adding(milliseconds:)), onExpiry: policy.onExpiry)
        complete(&request)
        if kind == .question, HiddenCharacter.isBlank(title) { request.title = request.emptyQuestion }
        emit(.decisionRequested(request))
    }
}

extension DecisionRequest {
    /// What stands in the place of a question that was asked without a word.
    fileprivate var emptyQuestion: String {
        let asking = (subject?["tool"]?.stringValue).map { "The tool \($0) of “\(step)”" } ?? "“\(step)”"
        return "\(asking) has a question, but does not say which. Its trace shows what it has done so far."
    }
}
