public import Core

extension Event {
    /// The files that the event names; their bytes must stay as long as it does.
    public var blobs: [ContentHash] {
        switch body {
        case .taskCreated(let origin):
            (origin.files + origin.reusedFiles).map(\.hash) + origin.reuse.values.flatMap(\.content.blobs)
        case .toolCompleted(_, _, _, let result): result.files.map(\.hash) + result.shownFiles
        case .stepCompleted(_, _, let result): result.files.map(\.hash)
        case .stepReused(_, let reuse): reuse.content.blobs
        case .decisionRequested(let request): request.result?.files.map(\.hash) ?? []
        default: []
        }
    }
}

extension Reuse.Content {
    fileprivate var blobs: [ContentHash] {
        guard case .result(let result) = self else { return [] }
        return result.files.map(\.hash)
    }
}
