internal import Core
internal import HTTPServer
internal import Synchronization

/// The latest requests, as many as fit.
final class RequestLog: Sendable {
    private struct State {
        var requests = Queue<KeptRequest>()
        var bytes = 0
    }

    private let state = Mutex(State())

    /// What may be in these is nobody's business but the provider's.
    private static let secretHeaders: Set = ["authorization", "x-api-key", "x-goog-api-key", "cookie"]

    func add(_ request: Request, number: Int64, status: Int) {
        var headers: [String: String] = [:]
        for (name, value) in request.headers {
            let name = name.lowercased()
            if !Self.secretHeaders.contains(name) { headers[name] = value }
        }
        let target = request.query["key"] == nil ? request.target : request.path
        let kept = KeptRequest(
            number: number, method: request.method.rawValue, target: target, headers: headers, body: request.body,
            status: status)
        state.withLock { state in
            state.requests.append(kept)
            state.bytes += kept.body.count
            while state.requests.count > Limits.fakeModelRequestsKept
                || state.bytes > Limits.fakeModelKeptBytesMaximum,
                let oldest = state.requests.popFirst()
            {
                state.bytes -= oldest.body.count
            }
        }
    }

    /// Oldest first.
    var all: [KeptRequest] {
        state.withLock { state in
            var rest = state.requests
            var all: [KeptRequest] = []
            while let next = rest.popFirst() { all.append(next) }
            return all
        }
    }
}
