internal import Core
internal import Engine

extension RunTrace {
    /// The turn of that number.
    public func turn(_ number: Int) -> TurnTrace? { turns.first { $0.number == number } }

    /// How many messages of a turn's request the model knew from the turn before, its own answer among them; what stands
    /// behind them is new. Of a request that is on record whole all are new.
    public func knownMessages(of turn: TurnTrace) -> Int {
        guard turn.turn.purpose == nil, turn.turn.request["messages"] == nil,
            let before = turns.last(where: { $0.number < turn.number && $0.turn.purpose == nil })
        else { return 0 }
        return min(before.request.messages.count + 1, turn.request.messages.count)
    }
}
