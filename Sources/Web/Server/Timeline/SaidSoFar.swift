internal import Core
internal import Engine
internal import Runtime
internal import Store

/// What is being said of a task, put together from its pieces, until the events come that it becomes.
struct SaidSoFar: Sendable {
    /// Shown of one part, in bytes: its end.
    private static let partBytesMaximum = 16 << 10
    /// How many parts are kept; a program may write to both of its streams in turns.
    private static let partsMaximum = 60

    /// In the order in which they began.
    private(set) var parts: [SaidView] = []

    /// Takes pieces in the order in which they were said.
    mutating func hear(_ deltas: [LiveDelta]) {
        for delta in deltas { hear(delta) }
        if parts.count > Self.partsMaximum { parts.removeFirst(parts.count - Self.partsMaximum) }
    }

    private mutating func hear(_ delta: LiveDelta) {
        let place = parts.firstIndex {
            $0.step == delta.step && $0.run == delta.run && $0.turn == delta.turn && $0.call == delta.call
                && $0.part == delta.part
        }
        guard let place else {
            parts.append(
                SaidView(
                    step: delta.step, run: delta.run, turn: delta.turn, call: delta.call, part: delta.part,
                    kind: delta.kind, text: delta.text, isCut: delta.isCut))
            return trim(parts.count - 1)
        }
        if delta.isFromBeginning {
            (parts[place].text, parts[place].isCut) = (delta.text, delta.isCut)
        } else {
            parts[place].text += delta.text
        }
        trim(place)
    }

    private mutating func trim(_ place: Int) {
        let text = parts[place].text
        guard text.utf8.count > Self.partBytesMaximum else { return }
        // From the beginning of a line on, so that half a mark of Markdown does not change all that follows.
        let tail = String(decoding: Array(text.utf8.suffix(Self.partBytesMaximum * 3 / 4)), as: UTF8.self)
        let start = tail.firstIndex(of: "\n").map(tail.index(after:)) ?? tail.startIndex
        parts[place].text = String(tail[start...])
        parts[place].isCut = true
    }

    /// Drops what has become an event.
    /// - Throws: what the payload's reader throws.
    mutating func note(_ event: EventRow) throws {
        guard let step = event.step, !parts.isEmpty, let kind = EventKind(rawValue: event.kind) else { return }
        switch kind {
        case .turnCompleted: parts.removeAll { $0.step == step && $0.turn != nil && $0.call == nil }
        // A step makes its calls one after the other, or together: then the others tell the rest of theirs anew.
        case .toolCompleted:
            let id = try JSON(parsing: event.payload)["id"]?.stringValue
            parts.removeAll { $0.step == step && $0.call != nil && ($0.call == id || id == nil) }
        case .stepCompleted, .stepFailed, .stepRetrying, .stepCancelled, .stepInterrupted:
            parts.removeAll { $0.step == step }
        default: break
        }
    }
}
