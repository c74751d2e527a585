public import Core

/// A step at the root of a task, as the line above its parts shows it.
public struct StationView: Sendable {
    public var path: StepPath
    public var state: DisplayState

    public init(path: StepPath, state: DisplayState) {
        self.path = path
        self.state = state
    }
}
