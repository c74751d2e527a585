internal import Core
internal import HTTPServer
internal import Runtime

/// An engine that serves API and pages on a port of this machine.
struct Server: Sendable {
    let runtime: Runtime
    let http: HTTPServer

    /// Opens port and data directory, takes up what was left unfinished, and answers.
    /// - Throws: `SignalboxError` with a sentence for people when the port is taken or the directory cannot be used.
    static func start(_ configuration: RuntimeConfiguration, port: UInt16) async throws -> Server {
        // The port first: it is free again by itself if the directory turns out to be in use.
        let http = try HTTPServer(configuration: ServerConfiguration(port: port))
        let runtime = try await Runtime.start(configuration)
        try http.start(Interface.router(for: runtime, port: http.port))
        try runtime.publish(address: http.address)
        return Server(runtime: runtime, http: http)
    }

    /// Stops gracefully: no new requests and steps; running ones get a little time, the rest goes on at the next start.
    func stop() async {
        await http.stop()
        await runtime.stop()
    }
}
