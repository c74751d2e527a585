internal import Core
internal import MCP
internal import Synchronization

/// What a server has said of how far a call has come: how often, and the last of it.
final class ProgressNotes: Sendable {
    /// How many of the latest are kept.
    private static let keptMaximum = 20

    private let state = Mutex<(count: Int, latest: [MCPProgress])>((0, []))

    func note(_ progress: MCPProgress) {
        state.withLock { state in
            state.count += 1
            if state.latest.count == Self.keptMaximum { state.latest.removeFirst() }
            state.latest.append(progress)
        }
    }

    /// For the record of the call; nil when nothing was said.
    var json: JSON? {
        let (count, latest) = state.withLock { $0 }
        guard count > 0 else { return nil }
        return ["notes": .int(Int64(count)), "latest": .array(latest.map(\.json))]
    }

    /// Behind the sentence about a call that failed; empty when nothing was said.
    var ending: String {
        guard let last = state.withLock(\.latest.last) else { return "" }
        return " It had come to \(last.words)."
    }
}

extension MCPProgress {
    fileprivate var json: JSON {
        var object: JSONObject = ["progress": .double(progress)]
        object["total"] = total.map(JSON.double)
        object["percent"] = percent.map { .int(Int64($0)) }
        object["message"] = message.map(JSON.string)
        return .object(object)
    }

    /// How much of the whole it is, if that is known and means anything.
    private var percent: Int? {
        guard let total, total > 0, progress >= 0, progress <= total else { return nil }
        return Int(progress / total * 100)
    }

    /// How far it has come, for people.
    var words: String {
        let figure = percent.map { "\($0) %" } ?? JSON.double(progress).text
        return message.map { "\(figure): \(String($0.prefix(200)))" } ?? figure
    }
}
