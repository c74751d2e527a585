internal import Core
internal import HTTPServer
internal import Runtime
internal import Synchronization

/// Whole answers that would be the same if they were made again: pages and programs ask for the same task, and for the same
/// page of a list, many times before anything of it changes.
///
/// An answer is kept with the moment before its reading began, and given again only as long as nothing of what it tells has
/// changed since. So nobody who was told of a change is given an answer from before it. While one is being made, others who
/// ask for the same wait for it, unless there was a commit since it was begun: however many watch a busy list, it is made
/// at most once for each commit, and one after the other.
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
        /// What is being made at the moment, the latest of each address.
        var underWay: [String: AnswerUnderWay] = [:]
        /// The addresses in `answers`, each once, the next to be looked at first.
        var order = Queue<String>()
        var byteCount = 0
    }

    private let changes: TaskChanges
    private let bytesMaximum: Int
    private let answerBytesMaximum: Int
    private let state = Mutex(State())

    /// What an answer takes beside its body, the gzip of that and its address, about, in bytes.
    private static let overheadBytes = 512

    /// - Parameters:
    ///   - bytesMaximum: what all of them may take.
    ///   - answerBytesMaximum: a larger one is made again each time. It has room for a page of a list.
    init(_ changes: TaskChanges, bytesMaximum: Int = 4 << 20, answerBytesMaximum: Int = 128 << 10) {
        self.changes = changes
        self.bytesMaximum = bytesMaximum
        self.answerBytesMaximum = answerBytesMaximum
    }

    private enum Turn {
        case kept(Response)
        case othersMake(AnswerUnderWay)
        case make(AnswerUnderWay)
    }

    /// The answer to a request whose address says all: kept, or made now.
    func answer(to request: Request, _ make: () async throws -> Made) async throws -> Response {
        switch turn(for: request.target) {
        case .kept(let response): return response
        case .othersMake(let underWay):
            if let response = await underWay.response() { return response }
            // What went wrong for the other, such as that its client has gone, is no answer to this one.
            return try await make().response
        case .make(let underWay):
            var made: Made?
            defer { end(underWay, made, for: request.target) }
            var fresh = try await make()
            // All to whom it is given share one gzip.
            fresh.response.packed = PackedBody()
            made = fresh
            return fresh.response
        }
    }

    /// How many bytes all of them take, as they are reckoned.
    var byteCount: Int { state.withLock { $0.byteCount } }

    private func turn(for target: String) -> Turn {
        state.withLock { state in
            if let place = state.answers.index(forKey: target) {
                let kept = state.answers.values[place]
                if changes.isUnchanged(kept.scope, since: kept.moment) {
                    state.answers.values[place].isUsed = true
                    return .kept(kept.response)
                }
            }
            if let underWay = state.underWay[target], changes.isUnchanged(.all, since: underWay.moment) {
                return .othersMake(underWay)
            }
            let underWay = AnswerUnderWay(since: changes.now)
            state.underWay[target] = underWay
            return .make(underWay)
        }
    }

    /// Hands over what was made, nil when that failed, and keeps it if it may be given again.
    private func end(_ underWay: AnswerUnderWay, _ made: Made?, for target: String) {
        state.withLock { state in
            if state.underWay[target] === underWay { state.underWay[target] = nil }
            guard let made, let kept = kept(made, since: underWay.moment, for: target) else { return }
            state.keep(kept, for: target)
            state.shrink(to: bytesMaximum)
        }
        underWay.end(with: made?.response)
    }

    /// Nil for what is not to be kept.
    private func kept(_ made: Made, since moment: TaskChanges.Moment, for target: String) -> Kept? {
        guard let scope = made.scope, case .bytes(let body) = made.response.body, body.count <= answerBytesMaximum,
            changes.isUnchanged(scope, since: moment)
        else { return nil }
        return Kept(
            response: made.response, scope: scope, moment: moment,
            byteCount: body.capacity + body.count + 2 * target.utf8.count + Self.overheadBytes)
    }
}

extension KeptAnswers.State {
    fileprivate mutating func keep(_ kept: KeptAnswers.Kept, for target: String) {
        if let earlier = answers.updateValue(kept, forKey: target) {
            byteCount -= earlier.byteCount
        } else {
            order.append(target)
        }
        byteCount += kept.byteCount
    }

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
