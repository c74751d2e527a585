internal import Core
internal import HTTPServer
internal import Runtime
internal import Store

/// Whether the server lives, and whether it can work.
struct HealthResource: Sendable {
    let runtime: Runtime

    func install(in router: inout Router) {
        router.get("/healthz") { _ in .json(["status": "ok"]) }
        router.get("/readyz") { _ in
            try await runtime.checkReadiness()
            let position = try await runtime.store.newestPosition()
            return .json(["status": "ready", "position": .int(position.rawValue)])
        }
    }
}
