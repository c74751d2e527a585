internal import Core
internal import HTTPServer

/// The outside world of the tasks: takes their requests on a port of this machine, writes each down before it answers,
/// and answers with the number it was told plus one.
struct LedgerServer: Sendable {
    private let http: HTTPServer

    /// Takes a free port and begins to answer.
    init(record: ChaosRecord) throws {
        http = try HTTPServer(configuration: ServerConfiguration(port: 0))
        var router = Router()
        router.post("/ledger/{task}/{step}") { request in
            guard let value = try request.json()["value"]?.intValue else {
                throw SignalboxError(.invalidInput, "The ledger is told a number.")
            }
            let step = ChaosStep(task: request.pathParameter("task"), name: request.pathParameter("step"))
            record.arrive(step, idempotencyKey: request.headers["Idempotency-Key"] ?? "")
            // Others take their time as well: so that a kill meets steps that have happened and not yet finished.
            try await Task.sleep(for: .milliseconds(Int.random(in: 0...20)))
            return .json(["value": .int(value + 1)])
        }
        try http.start(router)
    }

    var address: String { http.address }

    func stop() async { await http.stop() }
}
