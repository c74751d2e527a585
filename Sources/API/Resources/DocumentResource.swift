internal import Core
internal import HTTPServer

/// `/api/openapi.json`: what the API can do, for programs.
struct DocumentResource: Sendable {
    /// Nil while it is being written.
    let document: JSON?

    var operation: Operation {
        let bytes = document?.bytes ?? []
        return Operation(
            .get, "/api/openapi.json", "getDocument", "This document: OpenAPI 3.1 of all that the API can do.",
            answers: [.json("The document.", .anyObject)]
        ) { _ in .json(bytes: bytes) }
    }
}
