public import Core
public import HTTPServer
public import Runtime

/// The programming interface under `/api`, with `/healthz` and `/readyz` beside it.
public struct API: Sendable {
    /// Its OpenAPI document.
    public let document: JSON
    private let operations: [Operation]

    /// Makes what the page of an export shows, up to the place of the document that it carries.
    public typealias ExportPage = @Sendable (TaskExport) async throws -> [UInt8]

    /// - Parameter exportPage: nil for a server without pages.
    public init(_ runtime: Runtime, exportPage: ExportPage? = nil) {
        var operations: [Operation] = []
        operations += TasksResource(runtime: runtime, answers: KeptAnswers(runtime.changes)).operations
        operations += AgainResource(runtime: runtime).operations
        operations += BulkResource(runtime: runtime).operations
        operations += StatsResource(runtime: runtime).operations
        operations += UsageResource(runtime: runtime).operations
        operations += ViewsResource(runtime: runtime).operations
        operations += StepsResource(runtime: runtime).operations
        operations += TurnsResource(runtime: runtime).operations
        operations += ExportResource(runtime: runtime, page: exportPage).operations
        operations += EventsResource(runtime: runtime).operations
        operations += SocketResource(runtime: runtime).operations
        operations += ApprovalsResource(runtime: runtime).operations
        operations += SignalsResource(runtime: runtime).operations
        operations += PlansResource(runtime: runtime).operations
        operations += AppsResource(runtime: runtime).operations
        operations += AgentsResource(runtime: runtime).operations
        operations += FilesResource(runtime: runtime).operations
        operations += PricesResource(runtime: runtime).operations
        operations += SettingsResource(runtime: runtime).operations
        operations += SecretsResource(runtime: runtime).operations
        operations += ProvidersResource(runtime: runtime).operations
        operations += HealthResource(runtime: runtime).operations
        operations += MetricsResource(runtime: runtime).operations
        // The document tells of itself as well.
        document = OpenAPIDocument.json(of: operations + [DocumentResource(document: nil).operation])
        self.operations = operations + [DocumentResource(document: document).operation]
    }

    /// Adds all routes.
    public func install(in router: inout Router) {
        for operation in operations { operation.install(in: &router) }
    }
}
