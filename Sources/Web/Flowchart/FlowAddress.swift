internal import API
internal import Core

/// Addresses of a task's flowchart, which say what is open in it.
struct FlowAddress: Sendable {
    var task: TaskNumber
    var opened: [StepPath]

    /// The same with one more loop, or iteration of one, which takes the place of the one that was open.
    func opening(_ part: StepPath, of loop: StepPath, at place: String) -> String {
        var opened = others(than: loop)
        opened.append(part)
        return address(opened, place)
    }

    /// The same without a loop and what stands in it.
    func folding(_ loop: StepPath, at place: String) -> String { address(others(than: loop), place) }

    private func others(than loop: StepPath) -> [StepPath] { opened.filter { $0 != loop && !loop.contains($0) } }

    private func address(_ opened: [StepPath], _ place: String) -> String {
        let open = opened.isEmpty ? "" : "&open=\(Self.list(opened))"
        return "/tasks/\(task.rawValue)?part=flow\(open)#\(ElementID.flow(place))"
    }

    static func list(_ paths: [StepPath]) -> String {
        paths.map { Attachment.percentEncoded($0.rawValue) }.joined(separator: ",")
    }
}
