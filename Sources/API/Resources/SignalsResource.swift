internal import Core
internal import HTTPServer
internal import Runtime
internal import Store

/// `/api/signals/{name}`: events from outside, for steps that wait for them.
struct SignalsResource: Sendable {
    let runtime: Runtime

    func install(in router: inout Router) {
        router.post("/api/signals/{name}", handler: deliver)
    }

    private func deliver(_ request: Request) async throws -> Response {
        var key = ""
        var payload = JSON.null
        if !request.body.isEmpty {
            var reader = try ObjectReader(try request.json())
            key = reader.string("key") ?? ""
            payload = reader.value("payload") ?? .null
            try reader.finish()
        }
        let receipt = try await runtime.signal(request.pathParameter("name"), key: key, payload: payload)
        guard let task = receipt.task, let step = receipt.step else {
            return .json(["kept": true], status: .accepted)
        }
        return .json(["delivered": true, "task": .int(task.rawValue), "step": .string(step.rawValue)])
    }
}
