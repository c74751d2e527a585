public import Core

/// The part of a task's page with everything that happened.
public struct TimelineView: Sendable {
    /// Newest last; the page shows them as they come.
    public var events: [EventView]

    public init(events: [EventView] = []) {
        self.events = events
    }
}

/// One line of what happened.
public struct EventView: Sendable {
    public var position: Position
    public var at: Timestamp
    /// The lamp beside it; nil for events that change no state.
    public var state: DisplayState?
    public var sentence: String
    /// The moment that the sentence names, if it names one.
    public var moment: Timestamp?
    public var step: StepPath?

    public init(
        position: Position, at: Timestamp, state: DisplayState? = nil, sentence: String, moment: Timestamp? = nil,
        step: StepPath? = nil
    ) {
        self.position = position
        self.at = at
        self.state = state
        self.sentence = sentence
        self.moment = moment
        self.step = step
    }
}
