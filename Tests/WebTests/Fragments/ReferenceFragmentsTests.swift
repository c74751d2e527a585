import Core
import Testing

@testable import Web

/// The page that describes the API.
@Suite(.timeLimit(.minutes(1)))
struct ReferenceFragmentsTests {
    @Test func theReference() {
        let operation: JSON = ["tags": ["tasks"], "summary": "All tasks", "responses": [:]]
        let schema: JSON = [
            "required": ["id"],
            "properties": ["id": ["type": "string", "description": "Which one."], "name": ["type": "string"]],
        ]
        let document: JSON = [
            "openapi": "3.1.0", "paths": ["/api/tasks": ["get": operation]],
            "components": ["schemas": ["Task": schema]],
        ]
        #expect(
            outline(content: ReferencePage.document(document, approvals: 0, now: Samples.now)) == """
                <main id="content" tabindex="-1">
                  <div id="live" hx-sse:connect="/live" hx-trigger="sb:live" hx-swap="innerMorph">
                    <div id="page">
                      <i id="page-facts" hidden data-title="API reference · Signalbox" data-now="1795187045123" data-approvals="0">
                      <div class="reference">
                        <h1>API reference
                        <p>All of it for programs:
                          <a href="/api/openapi.json">openapi.json
                          , OpenAPI 3.1.0. Problems are told as
                          <a href="#schema-Problem">problem details
                          with a stable code.
                        <section class="panel" aria-labelledby="resource-tasks">
                          <div class="panel-head">
                            <h2 id="resource-tasks">tasks
                          <article class="operation">
                            <h3>
                              <span class="label">GET
                              <code>/api/tasks
                            <p>All tasks
                            <dl class="pairs">
                        <section class="panel" aria-labelledby="schemas">
                          <div class="panel-head">
                            <h2 id="schemas">Schemas
                          <div class="operation" id="schema-Task">
                            <h3>Task
                            <dl class="pairs">
                              <dt>
                                <code>id
                              <dd>string
                                <span class="dim">Which one.
                              <dt>
                                <code>name
                              <dd>string
                                <span class="dim">, not always there
                                <span class="dim">
                """)
    }
}
