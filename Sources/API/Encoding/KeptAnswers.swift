internal import Core
internal import HTTPServer
internal import Runtime
internal import Synchronization

/// Whole answers that would be the same if they were made again: pages and programs ask for the same task, and for the same
/// page of a list, many times before anything of it changes.
///
/// An answer is kept with the moment before its reading began, and given again only as long as nothing of what it tells has
/// changed since. So nobody who was told of a change is given an answer from before it.
final class KeptAnswers: Sendable {
    /// An answer that has just been made.
    struct Made: Sendable {
        var response: Response
        /// What it tells; nil when it may be another one without any change, because time goes by.
        var scope: TaskChanges.Scope?
    }

    fileprivate struct Kept: Sendable {
        var response: Response
        var scope: TaskChanges.Scope
        /// Before its reading began.
        var moment: TaskChanges.Moment
        var byteCount: Int
        /// Whether it was asked for since the bound was reached last.
        var isUsed = false
    }

    fileprivate struct State: Sendable {
        var answers: [String: Kept] = [:]
        /// The addresses in `answers`, each once, the next to be looked at first.
        var order = Queue<String>()
        var byteCount = 0
    }

    private let changes: TaskChanges
    private let bytesMaximum: Int
    private let answerBytesMaximum: Int
    private let state = Mutex(State())

    /// What an answer takes beside its body and its address, about, in bytes.
    private static let overheadBytes = 512

    /// - Parameters:
    ///   - bytesMaximum: what all of them may take.
    ///   - answerBytesMaximum: a larger one is made again each time. It has room for a page of a list.
    init(_ changes: TaskChanges, bytesMaximum: Int = 4 << 20, answerBytesMaximum: Int = 128 << 10) {
        self.changes = changes
        self.bytesMaximum = bytesMaximum
        self.answerBytesMaximum = answerBytesMaximum
    }

    /// The answer to a request whose address says all: kept, or made now.
    func answer(to request: Request, _ make: () async throws -> Made) async throws -> Response {
        if let kept = kept(for: request.target) { return kept }
        let moment = changes.now
        let made = try await make()
        if let scope = made.scope { keep(made.response, scope, since: moment, for: request.target) }
        return made.response
    }

    /// How many bytes all of them take, as they are reckoned.
    var byteCount: Int { state.withLock { $0.byteCount } }

    private func kept(for target: String) -> Response? {
        let found = state.withLock { state -> Kept? in
            guard let place = state.answers.index(forKey: target) else { return nil }
            state.answers.values[place].isUsed = true
            return state.answers.values[place]
        }
        guard let found, changes.isUnchanged(found.scope, since: found.moment) else { return nil }
        return found.response
    }

    private func keep(
        _ response: Response, _ scope: TaskChanges.Scope, since moment: TaskChanges.Moment, for target: String
    ) {
        guard case .bytes(let body) = response.body, body.count <= answerBytesMaximum,
            changes.isUnchanged(scope, since: moment)
        else { return }
        let kept = Kept(
            response: response, scope: scope, moment: moment,
            byteCount: body.count + 2 * target.utf8.count + Self.overheadBytes)
        state.withLock { state in
            if let earlier = state.answers.updateValue(kept, forKey: target) {
                state.byteCount -= earlier.byteCount
            } else {
                state.order.append(target)
            }
            state.byteCount += kept.byteCount
            state.shrink(to: bytesMaximum)
        }
    }
}

extension KeptAnswers.State {
    /// Lets go of answers that were not asked for since they were looked at last, one after the other.
    fileprivate mutating func shrink(to bytesMaximum: Int) {
        while byteCount > bytesMaximum, let target = order.popFirst() {
            guard let place = answers.index(forKey: target) else { continue }
            if answers.values[place].isUsed {
                answers.values[place].isUsed = false
                order.append(target)
            } else {
                byteCount -= answers.remove(at: place).value.byteCount
            }
        }
    }
}
