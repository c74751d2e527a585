internal import Core
internal import HTTPServer
internal import Runtime
internal import Store

/// Reads the part of a task's page that the address asks for. Each part reads what it shows by itself, and no other part's.
enum TaskPartLoader: Sendable {
    /// - Throws: `SignalboxError` with code `invalid_input` for a name that no part has, and what the part throws.
    static func load(_ task: TaskRow, _ request: Request, _ runtime: Runtime) async throws -> TaskPartContent {
        switch try request.taskPart {
        case .steps: .steps(try await StepsPart.load(task, request, runtime))
        case .timeline: .timeline(try await TimelinePart.load(task, request, runtime))
        }
    }
}

extension Request {
    /// The part of a task's page that the address names.
    /// - Throws: `SignalboxError` with code `invalid_input` for a name that no part has.
    fileprivate var taskPart: TaskPart {
        get throws {
            guard let name = query["part"] else { return .steps }
            guard let part = TaskPart(rawValue: name) else {
                throw SignalboxError(
                    .invalidInput, "A task's page has no part \"\(name.prefix(64))\".",
                    hint: "Its parts are \(TaskPart.allCases.map(\.rawValue).joined(separator: ", ")).")
            }
            return part
        }
    }
}
