/// Every bound of the system that is not a setting, in one place. An error that refuses something because of one of
/// them says its value.
public enum Limits: Sendable {
    /// Nesting of JSON and YAML documents, in levels.
    public static let jsonDepthMaximum = 128
    /// Nesting of a value that a step is given or hands over, in levels: journal and API put it into objects of their
    /// own, and these must still be readable.
    public static let valueDepthMaximum = 120
    /// Nesting of the arguments of a tool call, in levels: they stand deep inside the events that keep them.
    public static let argumentDepthMaximum = 100
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
    /// The header of a response that this program asks for, in bytes; libcurl takes no single line that is longer.
    public static let responseHeaderBytesMaximum = 100 << 10
    /// An uploaded file, and all files of one form with what stands between them, in bytes.
    public static let uploadBytesMaximum = 1 << 30
    /// How long it may take to fetch a file from an address, in milliseconds, and the redirects that are followed.
    public static let fetchMilliseconds: Int64 = 5 * 60 * 1000
    public static let fetchRedirectsMaximum = 5
    /// Uploads that are received at the same time: each has a thread of its own.
    public static let uploadsMaximum = 64
    /// A file that steps and tools make or read as a whole, in bytes.
    public static let stepFileBytesMaximum = 64 << 20
    /// Subscriptions of one WebSocket.
    public static let socketSubscriptionsMaximum = 32
    /// The name that a client gives to a subscription, in bytes.
    public static let socketNameBytesMaximum = 64
    /// About so many bytes of contents one answer has at most: of a page of events, and of the steps of a task.
    public static let answerBytesMaximum = 4 << 20
    /// Events that are looked through for one page of certain kinds.
    public static let eventsPerPageScannedMaximum = 10_000
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
    /// Tasks to which one request does something.
    public static let bulkTasksMaximum = 1_000
    /// Steps that a preview lists of those that are taken over, and of those that run again.
    public static let previewStepsMaximum = 1_000
    /// Steps that a comparison of two tasks lists, and differences in the values of one step.
    public static let comparedStepsMaximum = 1_000
    public static let comparedDifferencesMaximum = 50
    /// Iterations of one loop that a comparison looks at at once.
    public static let comparedIterationsMaximum = 50
    /// Time of one HTTP request whose step sets no timeout, in milliseconds.
    public static let httpTimeoutMillisecondsDefault: Int64 = 60 * 1000
    /// Tags of one task.
    public static let tagsMaximum = 20
    /// One tag, in characters.
    public static let tagLengthMaximum = 64
    /// Steps and conditions that one transition of a task evaluates; the rest follows after others have had their turn.
    public static let evaluationsPerTransitionMaximum = 16
    /// Tools of one agent, each MCP server counted once.
    public static let agentToolsMaximum = 100
    /// The name of a tool as models are told it, in bytes: what all providers take.
    public static let toolNameLengthMaximum = 64
    /// Model calls in one run of an agent that a plan may set.
    public static let agentTurnsMaximum = 10_000
    /// Tool calls of one task that a plan may set.
    public static let toolCallsMaximum = 1_000_000
    /// How many equal calls in a row can be allowed to an agent (product §19).
    public static let loopRepeatsMaximum = 20
    /// After how many tool calls a model can be asked whether an agent goes round in circles (product §19).
    public static let loopCheckEveryMaximum = 50
    public static let loopCheckEveryDefault = 10
    /// What a plan may set as the length of one answer, in tokens.
    public static let modelOutputTokensMaximum: Int64 = 1_000_000
    /// A file that a model is shown, in bytes.
    public static let attachmentBytesMaximum = 20 << 20
    /// The result of one tool call as a model is told it, in bytes; what is longer is cut in the middle.
    public static let toolResultBytesMaximum = 256 << 10
    /// Tool calls whose arguments are remembered as they were written, because the journal hides something in them.
    public static let writtenArgumentsKept = 1_000
    /// The context of a model of which nothing is known, in tokens.
    public static let contextWindowDefault = 128_000
    /// Tokens of one kind that a provider can report of one call; a report of more is not believed.
    public static let tokensPerCallMaximum: Int64 = 1_000_000_000_000
    /// How often an answer that its provider pauses is taken up again; after that it counts as it stands.
    public static let pausesPerAnswerMaximum = 8
    /// A list of prices, in bytes; LiteLLM's has four million.
    public static let priceFileBytesMaximum = 16 << 20
    /// Models of one list of prices.
    public static let pricedModelsMaximum = 20_000
    /// The name of a list of prices, in bytes.
    public static let priceListNameBytesMaximum = 100
    /// `provider/model`, in bytes.
    public static let modelNameBytesMaximum = 256
    /// Lengths of prompts from which on one model has other prices.
    public static let priceBoundsMaximum = 16
    /// Stretches of time, services and other names that a list of prices knows of one model, each.
    public static let pricePartsMaximum = 64
    /// How many bytes of a request are reckoned as a token when a budget is looked at: English has about four, other
    /// languages fewer; three is the careful side.
    public static let bytesPerTokenReserved = 3
    /// What a model is told of a built-in tool beside the schema of its arguments: name, description, and the questions why,
    /// how sure and what else. The longest of them, in bytes.
    public static let toolDescriptionBytesReserved = 700
    /// What a picture is reckoned with then, in tokens: more than the providers' published rules give for the largest that
    /// they do not scale down.
    public static let pictureTokensReserved = 5_000
    /// What a model is sent at most that is asked whether an agent goes round in circles, in bytes.
    public static let loopCheckBytesMaximum = 32 << 10
    /// What it may answer then, in tokens.
    public static let loopCheckAnswerTokens = 1_000
    /// What a model is expected to answer at most when a budget is looked at, in tokens.
    public static let modelOutputTokensReserved: Int64 = 4_096
    /// Searches of the web that a model is expected to ask for at most with one answer when a budget is looked at; the
    /// number that Anthropic's documentation gives as `max_uses`.
    public static let webSearchesReserved = 5
    /// Tools that a model may call with one answer.
    public static let modelToolCallsMaximum = 1_000
    /// Items (messages, thinking, searches, calls of tools) of which one answer of a model may consist.
    public static let modelAnswerItemsMaximum = 1_000
    /// Pages that are kept as the sources of one answer.
    public static let modelSourcesMaximum = 1_000
    /// Models of which is remembered what their servers have refused.
    public static let refusingModelsMaximum = 1_000
    /// Iterations of one loop.
    public static let iterationsMaximum = 1_000_000
    /// Iterations of one loop that can be under way at the same time.
    public static let iterationsParallelMaximum = 1_000
    /// Tasks that stand above one another, each the child of the next.
    public static let taskDepthMaximum = 16
    /// How far in the future a `wait` may end, in milliseconds: ten years.
    public static let waitMillisecondsMaximum: Int64 = 3_653 * 86_400_000
    /// Open requests that are counted by kind and plan for the inbox.
    public static let countedRequestsMaximum = 10_000
    /// Requests that are decided together at once.
    public static let decidedTogetherMaximum = 100
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
    /// What a search looks through of a task's prompt, in bytes from the beginning.
    public static let searchedPromptBytesMaximum = 4 << 10
    /// What can be searched for, in characters.
    public static let searchTextLengthMaximum = 200
    /// Views that are kept.
    public static let viewsMaximum = 200
    /// The name of a view, in characters.
    public static let viewNameLengthMaximum = 64
    /// The filters of a view as JSON, in bytes.
    public static let viewFiltersBytesMaximum = 8 << 10
    /// Values of one member of a filter.
    public static let filterValuesMaximum = 50
    /// Values of a property of tasks that are counted at once, the most frequent first.
    public static let countedValuesMaximum = 200
    /// Rows of one page of a list.
    public static let pageSizeMaximum = 100
    /// Up to how many tasks the hits of a search are counted.
    public static let countedTasksMaximum = 10_000
    /// Up to which task the pages of a search have numbers that finds more than are counted.
    public static let numberedTasksMaximum = 1_000
    /// Tasks that are looked through one by one for a text of fewer than three characters.
    public static let shortSearchTasksMaximum = 20_000
    /// The cursor of a list, in bytes.
    public static let cursorBytesMaximum = 2_048
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
    /// A message of an MCP server, and all pages of one of its lists, in bytes.
    public static let mcpMessageBytesMaximum = 16 << 20
    /// What is read of the error page of an MCP server, in bytes.
    public static let mcpErrorBytesMaximum = 64 << 10
    /// What may wait for an MCP server that does not read, in bytes.
    public static let mcpWaitingBytesMaximum = 64 << 20
    /// Messages that an MCP server may send in a minute, or between two answers, without answering anything.
    public static let mcpMessagesWithoutAnswerMaximum = 10_000
    /// The same in bytes.
    public static let mcpBytesWithoutAnswerMaximum = 256 << 20
    /// What is kept of the end of an MCP server's stderr, in bytes.
    public static let mcpStderrBytesMaximum = 4 << 10
    /// What an MCP server says for people, in an error or a note on its progress, in characters.
    public static let mcpNoteLengthMaximum = 500
    /// The name of a tool of an MCP server, in bytes.
    public static let mcpNameBytesMaximum = 256
    /// Tools of one MCP server.
    public static let mcpToolsMaximum = 1_000
    /// Resources, resource templates or prompts of one MCP server.
    public static let mcpListItemsMaximum = 10_000
    /// Pages of one list of an MCP server.
    public static let mcpPagesMaximum = 1_000
    /// How long a list of an MCP server is believed to stay the same, in milliseconds, whatever the server says.
    public static let mcpFreshMillisecondsMaximum: Int64 = 60 * 60 * 1000
    /// Calls to one MCP server that are under way.
    public static let mcpCallsPerServerMaximum = 256
    /// Questions of an MCP server that are open at the same time.
    public static let mcpQuestionsMaximum = 16
    /// Calls to one MCP server that wait for people.
    public static let mcpHeldCallsMaximum = 64
    /// How long such a call waits, in milliseconds.
    public static let mcpHeldCallMilliseconds: Int64 = 60 * 60 * 1000
    /// How often an MCP server may want a call to be made again without asking anything.
    public static let mcpRoundsMaximum = 10
    /// The pause before the first of them, in milliseconds; each is longer than the one before by as much.
    public static let mcpRoundPauseMilliseconds: Int64 = 50
    /// How often a broken stream of an MCP server is taken up again without anything new having come.
    public static let mcpResumptionsMaximum = 5
    /// How long an MCP server may ask to wait before that, in milliseconds.
    public static let mcpRetryMillisecondsMaximum = 30_000
    /// How long an MCP server may take for what any server answers at once, in milliseconds.
    public static let mcpProbeMilliseconds: Int64 = 5_000
    /// What an MCP server may take for each step of its ending: the end of its stdin, SIGTERM; then it is killed.
    public static let mcpStopGraceMilliseconds: Int64 = 2_000
    /// The body of a request to the fake model server, in bytes.
    public static let fakeModelBodyBytesMaximum = 64 << 20
    /// Requests that the fake model server remembers, the latest ones.
    public static let fakeModelRequestsKept = 1_000
    /// Bodies of the requests that the fake model server remembers, in bytes.
    public static let fakeModelKeptBytesMaximum = 64 << 20
    /// Turns whose times the fake model server remembers, the latest ones.
    public static let fakeModelTimesKept = 100_000
    /// Pieces in which the fake model server streams one text.
    public static let fakeModelPiecesMaximum = 256
    /// What an agent keeps in its memory, in entries.
    public static let memoryEntriesMaximum = 1_000
    /// All that an agent keeps in its memory, in bytes: it is read whenever something is looked up.
    public static let memoryBytesMaximum = 1 << 20
    /// The name of an entry of a memory, in characters.
    public static let memoryNameLengthMaximum = 200
    /// The text of an entry of a memory, in characters.
    public static let memoryTextLengthMaximum = 16_000
    /// What is said about a version of a plan, or of an app for people, in characters.
    public static let noteLengthMaximum = 2_000
    /// Times that one version of a plan or an agent was saved, as lists of versions tell them; older ones are kept.
    public static let savingsToldMaximum = 20
    /// The name of whoever saves or publishes something, in characters.
    public static let authorLengthMaximum = 80
    /// Parameters of an app.
    public static let appParametersMaximum = 100
    /// Values that a parameter of an app offers.
    public static let appChoicesMaximum = 200
    /// Saved plans among which the planner chooses, the latest ones.
    public static let plannedPlansMaximum = 50
    /// Free instructions, in bytes.
    public static let promptBytesMaximum = 256 << 10
    /// Tools that one answer of the fake model server calls.
    public static let fakeModelToolCallsMaximum = 128
    /// Turns that are reckoned anew in one event.
    public static let repricedTurnsMaximum = 1_000
    /// Turns of one task that are looked at to reckon it anew.
    public static let repricedTurnsPerTaskMaximum = 100_000
    /// Tasks that one request reckons anew.
    public static let repricedTasksMaximum = 10_000
    /// Messages of requests that one answer about the turns of a run shows, in bytes of JSON.
    public static let traceRequestBytesMaximum = 16 << 20
    /// Events of a step that one answer about the turns of a run is made from.
    public static let traceEventsMaximum = 20_000
    /// The name of a secret, in characters.
    public static let secretNameLengthMaximum = 64
    /// A secret is at least that long, in bytes: what is shorter cannot be told apart from ordinary text when it comes
    /// back, and so could not be hidden.
    public static let secretBytesMinimum = 8
    /// The value of a secret, in bytes.
    public static let secretBytesMaximum = 64 << 10
    /// Secrets of one data directory.
    public static let secretsMaximum = 1_000
    /// All secrets of one data directory together, in bytes: they are read whenever one is used.
    public static let secretsBytesMaximum = 4 << 20
    /// How long a call of an MCP server may be given, in milliseconds: an hour.
    public static let mcpTimeoutMillisecondsMaximum: Int64 = 60 * 60 * 1000
    /// How long it is taken for true which of resources and prompts an MCP server has, in milliseconds.
    public static let mcpOffersMilliseconds: Int64 = 5 * 60 * 1000
    /// MCP servers in the settings.
    public static let mcpServersMaximum = 64
    /// The context of a model, as settings may state it, in tokens.
    public static let contextWindowMaximum = 100_000_000
    /// What the settings may allow as the number of turns, or of tool calls, of one run.
    public static let agentCallsMaximum = 100_000
}
