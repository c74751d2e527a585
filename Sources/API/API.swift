internal import Core
public import HTTPServer
public import Runtime

/// The programming interface under `/api`, with `/healthz` and `/readyz` beside it.
public struct API: Sendable {
    let runtime: Runtime

    public init(_ runtime: Runtime) {
        self.runtime = runtime
    }

    /// Adds all routes.
    public func install(in router: inout Router) {
        HealthResource(runtime: runtime).install(in: &router)
        TasksResource(runtime: runtime).install(in: &router)
        ApprovalsResource(runtime: runtime).install(in: &router)
        SignalsResource(runtime: runtime).install(in: &router)
        AgainResource(runtime: runtime).install(in: &router)
        BulkResource(runtime: runtime).install(in: &router)
        TurnsResource(runtime: runtime).install(in: &router)
        PricesResource(runtime: runtime).install(in: &router)
        EventsResource(runtime: runtime).install(in: &router)
        PlansResource(runtime: runtime).install(in: &router)
        AgentsResource(runtime: runtime).install(in: &router)
        FilesResource(runtime: runtime).install(in: &router)
    }
}
