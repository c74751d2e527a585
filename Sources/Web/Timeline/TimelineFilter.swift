internal import API
public import Core
internal import Engine

/// Which events the timeline shows. It stands in the address, as everything of a page does.
public struct TimelineFilter: Sendable, Hashable {
    /// Empty for all.
    public var subjects: Set<TimelineSubject>
    /// Only this step and what stands in it.
    public var step: StepPath?
    /// Only calls of this tool.
    public var tool: String?

    public init(subjects: Set<TimelineSubject> = [], step: StepPath? = nil, tool: String? = nil) {
        self.subjects = subjects
        self.step = step
        self.tool = tool
    }

    var isEmpty: Bool { self == TimelineFilter() }

    /// The kinds of events that it lets pass; nil for all.
    var kinds: [String]? {
        guard !subjects.isEmpty else { return nil }
        return EventKind.allCases.filter { subjects.contains(TimelineSubject(of: $0)) }.map(\.rawValue)
    }

    /// What an address says of it, with a leading `&`; nothing for all events.
    var query: String {
        let subjects = TimelineSubject.allCases.filter(self.subjects.contains).map { "&show=\($0.rawValue)" }.joined()
        let step = self.step.map { "&step=" + Attachment.percentEncoded($0.rawValue) } ?? ""
        let tool = self.tool.map { "&tool=" + Attachment.percentEncoded($0) } ?? ""
        return subjects + step + tool
    }
}

/// What an event is about, as the filters of the timeline name it.
public enum TimelineSubject: String, Sendable, Hashable, CaseIterable {
    case agents, tools, people, waits, steps, task

    /// What an event of that kind is about.
    init(of kind: EventKind) {
        self =
            switch kind {
            case .turnCompleted, .agentNoticed, .requestSized: .agents
            case .toolStarted, .toolCompleted, .toolPaused: .tools
            case .decisionRequested, .decisionMade, .limitsRaised, .cancelRequested, .killRequested, .retryRequested:
                .people
            case .stepWaiting, .stepQueued, .stepResumed, .stepInterrupted, .stepRetrying: .waits
            case .stepStarted, .stepCompleted, .stepFailed, .stepSkipped, .stepCancelled, .stepReused, .timeoutReached,
                .loopStarted, .iterationStarted, .iterationCompleted, .iterationFailed, .iterationCancelled,
                .branchChosen, .childStarted, .childEnded:
                .steps
            case .taskCreated, .taskAdmitted, .taskRepriced, .childRepriced, .taskRenamed, .taskTagged, .clockLeapt,
                .taskCompleted, .taskFailed, .taskCancelled:
                .task
            }
    }

    /// How the page names it.
    var word: String {
        switch self {
        case .agents: "Agents"
        case .tools: "Tool calls"
        case .people: "People"
        case .waits: "Waits"
        case .steps: "Steps"
        case .task: "Task"
        }
    }
}
