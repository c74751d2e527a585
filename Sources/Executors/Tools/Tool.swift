internal import Core
internal import Engine
internal import Providers

/// Something that agents and `tool` steps can have done.
protocol Tool: Sendable {
    /// What a model is told of it. Its arguments have been checked against the schema before a call.
    var declaration: ToolDeclaration { get }

    /// Whether a call that a crash interrupted may simply be made again.
    var isRepeatable: Bool { get }

    /// Whether calls change nothing, anywhere, and ask nobody outside of this machine: whether one was made matters to
    /// nobody but who made it.
    var onlyLooks: Bool { get }

    /// Whether this very call may simply be made again; `isRepeatable` unless the arguments decide.
    func isRepeatable(_ arguments: JSONObject) -> Bool

    /// Does it.
    /// - Throws: `SignalboxError` or `Failure` when the call failed, which the model is told; `CancellationError` when the
    ///   run was stopped.
    func call(_ arguments: JSONObject, in context: ToolContext) async throws -> ToolOutput
}

extension Tool {
    var onlyLooks: Bool { false }

    func isRepeatable(_ arguments: JSONObject) -> Bool { isRepeatable }
}

/// For whom a tool is called.
struct ToolContext: Sendable {
    var work: StepWork
    /// Unique among the calls of a run that are under way at the same time.
    var callID: String
    /// The same for each repetition of this call, so that other systems can tell it from a new one.
    var idempotencyKey: String
    /// Stops the run, and all programs of its tools.
    var control: RunControl
    /// What a person has answered to what the call asked before, as `ToolRequest.answers`.
    var answers: JSON?
    /// Where others hear what the call brings forth while it is under way.
    var live: LiveOutput?

    init(
        work: StepWork, callID: String, idempotencyKey: String, control: RunControl, answers: JSON? = nil,
        live: LiveOutput? = nil
    ) {
        self.work = work
        self.callID = callID
        self.idempotencyKey = idempotencyKey
        self.control = control
        self.answers = answers
        self.live = live
    }
}

/// What a tool has to say.
struct ToolOutput: Sendable {
    /// What a model is given: text and files.
    var parts: [MessagePart]
    /// Whether it did not come out as it should, which the model is told with it.
    var isError: Bool
    /// What a `tool` step hands over; nil for the text.
    var value: JSON?
    /// What is kept for people who look into the call.
    var trace: JSON?
    /// Files that the call has written, in the blob store.
    var files: [TaskFile]
    /// Whether others have written what it says (on the network, or in files that were brought along): an agent is given
    /// it marked as data.
    var isFromNetwork: Bool
    /// What a person must answer before the call can go on; the rest says nothing then.
    var question: ToolQuestion?
    /// Where it came from, for those marks; nil for the name of the tool.
    var source: String?

    init(
        _ parts: [MessagePart], isError: Bool = false, value: JSON? = nil, trace: JSON? = nil, files: [TaskFile] = [],
        isFromNetwork: Bool = false, source: String? = nil
    ) {
        self.parts = parts
        self.isError = isError
        self.value = value
        self.trace = trace
        self.files = files
        self.isFromNetwork = isFromNetwork
        self.source = source
    }
}
