public import Core
internal import Executors

/// A piece of what is being said just now. It has no position: whoever comes later gets what it became, as an event.
public struct LiveDelta: Sendable, Hashable {
    public var task: TaskNumber
    public var step: StepPath
    public var run: RunNumber
    /// The turn of an agent, from 1; nil for the program of a step.
    public var turn: Int?
    /// The id of the call of a tool.
    public var call: String?
    /// Counts from 0 what a turn, call or program brings forth, where one kind of text follows another.
    public var part: Int
    /// `text`, `thinking`, `stdout`, `stderr` or `progress`.
    public var kind: String
    public var text: String
    /// Whether this is the part from its beginning, in the place of what the reader may have of it.
    public var isFromBeginning: Bool
    /// Whether something before it is missing, because too much was said for all of it to be kept.
    public var isCut: Bool

    init(_ source: LiveSource, part: Int, kind: LiveStretch.Kind, text: String, isFromBeginning: Bool, isCut: Bool) {
        task = source.task
        step = source.step
        run = source.run
        turn = source.turn
        call = source.call
        self.part = part
        self.kind = kind.rawValue
        self.text = text
        self.isFromBeginning = isFromBeginning
        self.isCut = isCut
    }
}
