internal import Core

/// The fake model server as a process of its own.
enum FakeModelProcess: Sendable {
    /// Serves while the body runs, which is told the address.
    /// - Parameters:
    ///   - script: what it answers.
    ///   - directory: an absolute path; the script is written there.
    static func serving<Result: Sendable>(
        script: String, in directory: String, _ body: @escaping @Sendable (String) async throws -> Result
    ) async throws -> Result {
        let path = directory + "/fake-model.yaml"
        try FileSystem.writeAtomically(Array(script.utf8), to: path)
        let process = ServedProcess(
            arguments: ["fake-model", "--port", "0", "--json", "--script", path], directory: directory,
            readAddress: { try? JSON(parsing: $0)["address"]?.stringValue })
        return try await process.serving(body)
    }
}
