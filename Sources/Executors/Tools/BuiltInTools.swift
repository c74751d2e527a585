internal import HTTPClient
internal import Plans
internal import Processes
internal import Store

/// Makes the tools that belong to Signalbox itself.
struct BuiltInTools: Sendable {
    private let directories: TaskDirectories
    private let program: ToolProgram
    private let client: HTTPClient

    /// - Parameter directory: where the directories of tasks lie.
    init(directory: String, blobs: BlobStore, client: HTTPClient, sandbox: Sandbox) {
        directories = TaskDirectories(
            root: directory, blobs: blobs, areProgramsConfined: sandbox.isConfining)
        program = ToolProgram(directories: directories, sandbox: sandbox)
        self.client = client
    }

    /// Reads files of the task.
    var readFile: any Tool { ReadFileTool(directories: directories) }

    /// Writes files of the task.
    var writeFile: any Tool { WriteFileTool(directories: directories) }

    /// Lists files of the task.
    var listFiles: any Tool { ListFilesTool(directories: directories) }

    /// Sends requests.
    /// - Throws: `SignalboxError` with code `invalid_input` for hosts that cannot be read.
    func http(_ options: HTTPToolOptions) throws -> any Tool {
        try HTTPTool(options, client: client, directories: directories)
    }

    /// Runs any program.
    func command(_ options: CommandToolOptions) -> any Tool { CommandTool(options, program: program) }

    /// Runs one program of the plan's.
    func program(_ options: ProgramToolOptions) -> any Tool { ProgramTool(options, program: program) }
}
