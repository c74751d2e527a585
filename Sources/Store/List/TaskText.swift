public import Core

/// The words of a task that a search looks through.
public struct TaskText: Sendable, Hashable {
    public var task: TaskNumber
    public var name: String
    /// What it was asked, or the texts among its inputs, a line each.
    public var prompt: String

    /// - Parameter prompt: what is longer than a search looks is cut off.
    public init(task: TaskNumber, name: String, prompt: String) {
        self.task = task
        self.name = name
        guard prompt.utf8.count > Limits.searchedPromptBytesMaximum else {
            self.prompt = prompt
            return
        }
        var cut = String.UnicodeScalarView()
        var bytes = 0
        for scalar in prompt.unicodeScalars {
            bytes += scalar.utf8.count
            if bytes > Limits.searchedPromptBytesMaximum { break }
            cut.append(scalar)
        }
        self.prompt = String(cut)
    }

    /// - Parameter inputs: what the task was given.
    public init(task: TaskNumber, name: String, inputs: JSONObject) {
        self.init(
            task: task, name: name, prompt: inputs.compactMap(\.value.stringValue).joined(separator: "\n"))
    }

    /// Whether a search finds it.
    public func matches(_ text: TaskSearchText) -> Bool {
        text.number == task || text.isContained(in: name) || text.isContained(in: prompt)
    }
}
