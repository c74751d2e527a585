internal import Core
internal import Synchronization

/// When turns began and ended: what lies between two turns of a conversation is the client's own time.
final class TurnTimes: Sendable {
    /// A turn, in microseconds since the server was started.
    struct Turn: Sendable {
        /// The beginning of the prompt, by which conversations are told apart.
        var conversation: String
        var turn: Int
        var arrived: Int64
        var answered: Int64
    }

    private let start = ContinuousClock.now
    private let turns = Mutex(Queue<Turn>())

    /// The most of a prompt that is kept, in characters.
    private static let conversationLengthMaximum = 64

    var now: Int64 { Int64((ContinuousClock.now - start) / .microseconds(1)) }

    func add(_ request: FakeRequest, arrived: Int64) {
        let turn = Turn(
            conversation: String(request.prompt.prefix(Self.conversationLengthMaximum)), turn: request.turn,
            arrived: arrived, answered: now)
        turns.withLock { turns in
            turns.append(turn)
            if turns.count > Limits.fakeModelTimesKept { _ = turns.popFirst() }
        }
    }

    /// Oldest first.
    var json: JSON {
        var rest = turns.withLock { $0 }
        var all: [JSON] = []
        while let turn = rest.popFirst() {
            all.append([
                "conversation": .string(turn.conversation), "turn": .int(Int64(turn.turn)),
                "arrived_us": .int(turn.arrived), "answered_us": .int(turn.answered),
            ])
        }
        return ["turns": .array(all)]
    }
}
