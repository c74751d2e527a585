/// Every bound of the system that is not a setting, in one place. An error that refuses something because of one of
/// them says its value.
public enum Limits: Sendable {
    /// Nesting of JSON and YAML documents, in levels.
    public static let jsonDepthMaximum = 128
    /// Nesting of a value that a step is given or hands over, in levels: journal and API put it into objects of their
    /// own, and these must still be readable.
    public static let valueDepthMaximum = 120
    /// A plan document with its comments, in bytes.
    public static let planBytesMaximum = 1 << 20
    /// A file that a plan brings along, in bytes.
    public static let planFileBytesMaximum = 1 << 20
    /// Files that a plan brings along.
    public static let planFilesMaximum = 64
    /// Steps of one plan, those inside loops and branches included.
    public static let planStepsMaximum = 1_000
    /// Steps of one task that are read at once, those inside loops and branches included; more are read by pages.
    public static let stepRowsMaximum = 10_000
    /// Nesting of loops and branches in a plan, in levels.
    public static let planBlockDepthMaximum = 8
    /// Further runs of a step after the first has failed.
    public static let retriesMaximum = 20
    /// By how much a pause between two runs may be longer than the one before.
    public static let retryFactorMaximum = 100.0
    /// The priority of a plan's tasks; the lowest is the same below zero.
    public static let planPriorityMaximum = 100
    /// What a plan may set as the number of its tasks that are under way at the same time.
    public static let planConcurrencyMaximum = 10_000
    /// What a plan may set as the number of tokens of a task.
    public static let planTokensMaximum: Int64 = 1_000_000_000_000
    /// What a plan may set as the number of model calls of a task.
    public static let planModelCallsMaximum = 1_000_000
    /// Tasks that are deleted with one commit.
    public static let deletionsPerCommitMaximum = 20
    /// How long a blob stays after the last task that needed it was deleted, in milliseconds.
    public static let unusedBlobMillisecondsMinimum: Int64 = 60 * 60 * 1000
    /// A name that a plan gives to itself, a step, an agent, an input or an output, in characters.
    public static let planNameLengthMaximum = 64
    /// A duration in a plan: a year, so that sums of them cannot overflow.
    public static let planDurationMillisecondsMaximum: Int64 = 366 * 86_400_000
    /// Mistakes of one plan that are told; a text with more is not read on.
    public static let planDiagnosticsMaximum = 100
    /// Parameters of an address or of a form that was sent.
    public static let formFieldsMaximum = 2_000
    /// The body of a request to the API, in bytes.
    public static let requestBodyBytesMaximum = 4 << 20
    /// An uploaded file, in bytes.
    public static let uploadBytesMaximum = 64 << 20
    /// Files given to one task.
    public static let taskFilesMaximum = 1_000
    /// The output of one step, in bytes of JSON.
    public static let outputBytesMaximum = 16 << 20
    /// All that one run of a step is given, and all outputs of a task together, in bytes of JSON.
    public static let payloadBytesMaximum = 64 << 20
    /// What a command may write to stdout, in bytes; the same again for stderr.
    public static let commandOutputBytesMaximum = 8 << 20
    /// What is kept of each stream of a command that wrote too much, in bytes from the beginning.
    public static let commandExcerptBytesMaximum = 64 << 10
    /// A file that a command writes, in bytes (`RLIMIT_FSIZE`).
    public static let commandFileBytesMaximum = 1 << 30
    /// Files that each process of a command may have open (`RLIMIT_NOFILE`).
    public static let commandOpenFilesMaximum = 1024
    /// What a program that is asked to stop may take before it is killed (product: 10 s), in milliseconds.
    public static let stopGraceMilliseconds: Int64 = 10_000
    /// A payload larger than this many bytes goes to the content-addressed store; the event keeps a reference.
    public static let inlinePayloadBytesMaximum = 64 << 10
    /// Cost units that one expression may use while it is evaluated.
    public static let expressionCostMaximum = 1_000_000
    /// Cost units after which an expression without variables is not evaluated further when a plan is read.
    public static let constantCostMaximum = 1_000
    /// Bytes of one expression's source.
    public static let expressionBytesMaximum = 16 << 10
    /// Nesting of one expression, in levels.
    public static let expressionDepthMaximum = 250
    /// A JSON Schema, and each document that it is given along, in bytes.
    public static let schemaBytesMaximum = 1 << 20
    /// Subschemas of a JSON Schema and the documents that it is given along.
    public static let schemaNodesMaximum = 10_000
    /// The way to a subschema, or to a value that does not fit, as a JSON pointer, in bytes.
    public static let schemaPointerBytesMaximum = 1 << 10
    /// Different patterns of a JSON Schema: each keeps up to a MiB while it is matched.
    public static let schemaPatternsMaximum = 128
    /// One pattern of a JSON Schema, in bytes.
    public static let schemaPatternBytesMaximum = 4 << 10
    /// Subschemas that apply one inside the other while a value is validated.
    public static let schemaDepthMaximum = 256
    /// Work of one validation: a unit is about one subschema at one value, or 64 bytes of text that are looked at.
    public static let schemaWorkMaximum = 10_000_000
    /// Fields of a form that is drawn from a JSON Schema.
    public static let schemaFieldsMaximum = 500
    /// What is told of a value that does not fit its schema.
    public static let schemaViolationsMaximum = 100
    /// Active time of a task whose plan sets no limit (product: one hour), in milliseconds.
    public static let taskDurationMillisecondsDefault: Int64 = 60 * 60 * 1000
    /// Active time that a person may give a task (product: one day), in milliseconds.
    public static let taskDurationMillisecondsMaximum: Int64 = 24 * 60 * 60 * 1000
    /// Tasks that one request reruns, cancels, kills or deletes.
    public static let bulkTasksMaximum = 1_000
    /// Steps that a preview lists of those that are taken over, and of those that run again.
    public static let previewStepsMaximum = 1_000
    /// Steps that a comparison of two tasks lists, and differences in the values of one step.
    public static let comparedStepsMaximum = 1_000
    public static let comparedDifferencesMaximum = 50
    /// Time of one HTTP request whose step sets no timeout, in milliseconds.
    public static let httpTimeoutMillisecondsDefault: Int64 = 60 * 1000
    /// Tags of one task.
    public static let tagsMaximum = 20
    /// One tag, in characters.
    public static let tagLengthMaximum = 64
    /// Steps and conditions that one transition of a task evaluates; the rest follows after others have had their turn.
    public static let evaluationsPerTransitionMaximum = 16
    /// What a model is expected to answer at most when a budget is looked at, in tokens.
    public static let modelOutputTokensReserved: Int64 = 4_096
    /// Iterations of one loop.
    public static let iterationsMaximum = 1_000_000
    /// Iterations of one loop that can be under way at the same time.
    public static let iterationsParallelMaximum = 1_000
    /// Tasks that stand above one another, each the child of the next.
    public static let taskDepthMaximum = 16
    /// How far in the future a `wait` may end, in milliseconds: ten years.
    public static let waitMillisecondsMaximum: Int64 = 3_653 * 86_400_000
    /// How often a person can send an output back.
    public static let reviewRejectionsMaximum = 3
    /// What a person says with a decision, in bytes.
    public static let feedbackBytesMaximum = 16 << 10
    /// The value of a concurrency key, in bytes.
    public static let concurrencyKeyBytesMaximum = 256
    /// Signals that are kept because nobody has waited for them yet.
    public static let keptSignalsMaximum = 100_000
    /// The name of a signal, and its key, in bytes each.
    public static let signalNameBytesMaximum = 256
    /// A task's name, in characters.
    public static let taskNameLengthMaximum = 80
    /// What a model is given of one answer of a tool, in bytes of text; the rest is cut off, which it is told.
    public static let toolTextBytesMaximum = 64 << 10
    /// A text that a tool writes to a file, in bytes.
    public static let toolFileBytesMaximum = 4 << 20
    /// A picture or document that a tool shows to a model, in bytes.
    public static let toolAttachmentBytesMaximum = 20 << 20
    /// Lines that `read_file` gives where nothing else is asked for.
    public static let toolLinesDefault = 2_000
    /// Files and directories that `list_files` names, and those that it looks at.
    public static let toolEntriesMaximum = 1_000
    public static let toolEntriesVisitedMaximum = 20_000
    /// The path of a file of a task: its bytes, and the directories it leads through.
    public static let toolPathBytesMaximum = 1_024
    public static let toolPathDepthMaximum = 32
    /// A pattern for paths in the call of a tool, in bytes: each path takes as many steps as both are long.
    public static let toolPatternBytesMaximum = 256
    /// The body of an answer to the tool `http`, in bytes.
    public static let toolResponseBytesMaximum = 4 << 20
    /// Redirects that the tool `http` follows.
    public static let toolRedirectsMaximum = 5
    /// How long a program that a tool runs may take where nothing else is said, in milliseconds.
    public static let toolProgramMillisecondsDefault: Int64 = 2 * 60 * 1000
}
