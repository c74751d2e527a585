import Core
import HTTPServer
import Plans
import Runtime
import Testing

/// The OpenAPI document against what the API really answers: no operation may go untried, and no answer may have what
/// the document does not tell.
@Suite(.timeLimit(.minutes(1)))
struct DocumentTests {
    struct Step: Sendable {
        var operation: String
        var method = Method.get
        var target: String
        var body: JSON?
        var status = 200
    }

    private static let asking = """
        name: asking
        agents: { clerk: { model: script/clerk.yaml } }
        steps:
          say: { agent: clerk, prompt: Hello. }
          each:
            for_each: "${{ [1, 2] }}"
            steps: { one: { set: { b: "${{ item }}" } } }
          sure:
            needs: [say]
            approval: { title: Sure?, proposal: { letters: 2 } }
        outputs: { said: "${{ steps.say.output }}" }
        """
    private static let agent: JSON = [
        "path": "clerk.yaml", "text": "name: clerk\ndescription: Says it.\nmodel: script/answers.yaml\n",
        "files": ["answers.yaml": "answers: [{ text: Hello. }]"],
    ]
    private static let small: JSON = ["text": .string(SamplePlan.small)]
    private static let noted: JSON = ["text": .string(SamplePlan.small), "author": "Ada", "note": "The first one."]
    private static let app: JSON = ["name": "one", "plan": "small", "description": "Says one."]
    private static let prices: JSON = [
        "acme/large": [
            "litellm_provider": "acme", "input_cost_per_token": 0.000001, "output_cost_per_token": 0.000002,
        ], "drawn": ["litellm_provider": "acme"],
    ]
    private static let noHash = String(repeating: "0", count: 64)

    /// Task 1 completes, task 2 waits for a person; the rest follows from them.
    private static let steps: [Step] = [
        Step(operation: "listTasks", target: "/api/tasks?page=1&size=2"),
        Step(operation: "listTasks", target: "/api/tasks?size=1&status=completed,waiting&sort=-cost&search=ask"),
        Step(operation: "listTasks", target: "/api/tasks?size=1"),
        Step(
            operation: "saveView", method: .put, target: "/api/views/broken",
            body: ["filters": ["status": "failed"], "sort": "-cost"], status: 201),
        Step(operation: "saveView", method: .put, target: "/api/views/broken", body: [:]),
        Step(operation: "saveView", method: .put, target: "/api/views/x", body: ["sort": "age"], status: 422),
        Step(operation: "listViews", target: "/api/views"), Step(operation: "getView", target: "/api/views/broken"),
        Step(operation: "getView", target: "/api/views/x", status: 404),
        Step(operation: "deleteView", method: .delete, target: "/api/views/broken"),
        Step(operation: "getStats", target: "/api/stats?plan=asking"),
        Step(operation: "getUsage", target: "/api/usage?by=day,plan,agent,model&size=1"),
        Step(operation: "getUsage", target: "/api/usage?by=plan&from=2026-11-31", status: 422),
        Step(operation: "getTask", target: "/api/tasks/1"), Step(operation: "getTask", target: "/api/tasks/2"),
        Step(operation: "createTask", method: .post, target: "/api/tasks", body: ["plan": small], status: 201),
        Step(operation: "createTask", method: .post, target: "/api/tasks", body: ["plan": 1], status: 422),
        Step(
            operation: "createTask", method: .post, target: "/api/tasks", body: ["plan": ["text": "name: 1"]],
            status: 422),
        Step(operation: "listTaskEvents", target: "/api/tasks/2/events?limit=1000"),
        Step(operation: "listEvents", target: "/api/events?after=1&limit=3"),
        Step(operation: "listEvents", target: "/api/events?limit=0", status: 422),
        Step(operation: "listEvents", target: "/api/events?after=999999&kinds=task_created,delta&task=1"),
        Step(operation: "listEvents", target: "/api/events?after=x", status: 400),
        Step(operation: "openSocket", target: "/api/ws", status: 426),
        Step(operation: "listSteps", target: "/api/tasks/2/steps"),
        Step(operation: "listSteps", target: "/api/tasks/2/steps?in=each&size=1"),
        Step(operation: "listSteps", target: "/api/tasks/2/steps?in=say", status: 422),
        Step(operation: "getStep", target: "/api/tasks/2/steps/say"),
        Step(operation: "getStep", target: "/api/tasks/2/steps/each/1/one"),
        Step(operation: "getStep", target: "/api/tasks/2/steps/each/2", status: 404),
        Step(operation: "listTurns", target: "/api/tasks/2/runs/latest/turns?step=say"),
        Step(operation: "exportTask", target: "/api/tasks/2/export"),
        Step(operation: "exportTask", target: "/api/tasks/2/export?format=pdf", status: 422),
        Step(operation: "listRequests", target: "/api/approvals?state=all&task=2"),
        Step(operation: "previewRestart", method: .post, target: "/api/tasks/1/preview", body: ["all": true]),
        Step(operation: "restartTask", method: .post, target: "/api/tasks/1/restart", body: ["name": "x"], status: 201),
        Step(operation: "rerunTask", method: .post, target: "/api/tasks/1/rerun", status: 201),
        Step(operation: "compareTasks", target: "/api/tasks/1/compare/2"),
        Step(operation: "compareTask", target: "/api/tasks/4/compare"),
        Step(
            operation: "changeTasks", method: .post, target: "/api/tasks/bulk",
            body: ["action": "rerun", "tasks": [1], "dry_run": true]),
        Step(
            operation: "changeTasks", method: .post, target: "/api/tasks/bulk", body: ["action": "kill", "tasks": [1]]),
        Step(operation: "retryTask", method: .post, target: "/api/tasks/1/retry", status: 409),
        Step(operation: "cancelTask", method: .post, target: "/api/tasks/1/cancel", status: 409),
        Step(operation: "killTask", method: .post, target: "/api/tasks/1/kill", status: 409),
        Step(
            operation: "labelTask", method: .patch, target: "/api/tasks/1",
            body: ["name": "Once", "tags": ["add": ["x"]]]),
        Step(operation: "labelTask", method: .patch, target: "/api/tasks/1", body: ["name": 1], status: 422),
        Step(operation: "deleteTask", method: .delete, target: "/api/tasks/1"),
        Step(operation: "getTask", target: "/api/tasks/1", status: 410),
        Step(operation: "sendSignal", method: .post, target: "/api/signals/paid", body: ["key": "7"], status: 202),
        Step(operation: "savePlan", method: .post, target: "/api/plans", body: noted, status: 201),
        Step(operation: "savePlan", method: .post, target: "/api/plans", body: small),
        Step(operation: "savePlan", method: .post, target: "/api/plans", body: ["text": "name: 1"], status: 422),
        Step(operation: "publishPlan", method: .post, target: "/api/plans/small/publish", body: [:]),
        Step(operation: "listPlans", target: "/api/plans?search=SMALL"),
        Step(operation: "getPlan", target: "/api/plans/small?version=current"),
        Step(operation: "getPlan", target: "/api/plans/nowhere", status: 404),
        Step(operation: "listPlanVersions", target: "/api/plans/small/versions"),
        Step(operation: "comparePlanVersions", target: "/api/plans/small/diff?from=latest&to=published"),
        Step(operation: "publishApp", method: .post, target: "/api/apps", body: app, status: 201),
        Step(operation: "publishApp", method: .post, target: "/api/apps", body: app),
        Step(operation: "listApps", target: "/api/apps?size=1"), Step(operation: "getApp", target: "/api/apps/one"),
        Step(
            operation: "runApp", method: .post, target: "/api/apps/one/runs", body: ["parameters": ["n": "x"]],
            status: 422),
        Step(operation: "runApp", method: .post, target: "/api/apps/one/runs", status: 201),
        Step(operation: "archiveApp", method: .post, target: "/api/apps/one/archive"),
        Step(operation: "runApp", method: .post, target: "/api/apps/one/runs", status: 409),
        Step(operation: "restoreApp", method: .post, target: "/api/apps/one/restore"),
        Step(operation: "archivePlan", method: .post, target: "/api/plans/small/archive"),
        Step(operation: "listPlans", target: "/api/plans?archived=true"),
        Step(operation: "publishPlan", method: .post, target: "/api/plans/small/publish", status: 409),
        Step(operation: "restorePlan", method: .post, target: "/api/plans/small/restore"),
        Step(operation: "unpublishPlan", method: .post, target: "/api/plans/small/unpublish"),
        Step(operation: "validatePlan", method: .post, target: "/api/plans/validate", body: small),
        Step(operation: "validateAgent", method: .post, target: "/api/agents/validate", body: agent),
        Step(operation: "saveAgent", method: .post, target: "/api/agents", body: agent, status: 201),
        Step(operation: "listAgents", target: "/api/agents"), Step(operation: "getAgent", target: "/api/agents/clerk"),
        Step(operation: "saveAgent", method: .post, target: "/api/agents", body: agent),
        Step(operation: "compareAgentVersions", target: "/api/agents/clerk/diff"),
        Step(operation: "listAgentVersions", target: "/api/agents/clerk/versions"),
        Step(operation: "listMemory", target: "/api/agents/clerk/memory"),
        Step(operation: "forgetMemory", method: .delete, target: "/api/agents/clerk/memory/x", status: 404),
        Step(operation: "archiveAgent", method: .post, target: "/api/agents/clerk/archive"),
        Step(operation: "listAgents", target: "/api/agents?archived=true"),
        Step(operation: "getAgent", target: "/api/agents/clerk"),
        Step(operation: "restoreAgent", method: .post, target: "/api/agents/clerk/restore"),
        Step(operation: "uploadFile", method: .post, target: "/api/files?name=a.txt", status: 201),
        Step(operation: "putFile", method: .put, target: "/api/files?name=a.txt", status: 201),
        Step(operation: "putFile", method: .put, target: "/api/files", status: 422),
        Step(
            operation: "fetchFile", method: .post, target: "/api/files/fetch", body: ["url": "http://127.0.0.1:1/a"],
            status: 422),
        Step(operation: "downloadFile", target: "/api/files/\(noHash)", status: 404),
        Step(operation: "listPrices", target: "/api/prices"),
        Step(operation: "getPrices", target: "/api/prices/anthropic/claude-opus-5-5"),
        Step(operation: "getPricesByAlias", target: "/api/prices/nothing", status: 404),
        Step(operation: "importPrices", method: .post, target: "/api/prices/import?name=mine", body: prices),
        Step(operation: "importPrices", method: .post, target: "/api/prices/import", body: [], status: 422),
        Step(operation: "getPrices", target: "/api/prices/acme/large"),
        Step(operation: "getPrices", target: "/api/prices/other/large?priced_as=acme"),
        Step(
            operation: "repriceTurns", method: .post, target: "/api/prices/reprice",
            body: ["since": "2026-01-01", "dry_run": true]),
        Step(operation: "listSettings", target: "/api/settings"),
        Step(operation: "writeSetting", method: .put, target: "/api/settings/turns", body: ["value": 8]),
        Step(operation: "writeSetting", method: .put, target: "/api/settings/turns", body: ["value": 0], status: 422),
        Step(operation: "getSetting", target: "/api/settings/turns"),
        Step(operation: "getSetting", target: "/api/settings/nothing", status: 404),
        Step(operation: "removeSetting", method: .delete, target: "/api/settings/turns"),
        Step(
            operation: "setSecret", method: .put, target: "/api/secrets/PARTNER", body: ["value": "of-nobody-at-all"],
            status: 201),
        Step(operation: "setSecret", method: .put, target: "/api/secrets/PARTNER", body: ["value": ""], status: 422),
        Step(operation: "listSecrets", target: "/api/secrets"),
        Step(operation: "removeSecret", method: .delete, target: "/api/secrets/PARTNER"),
        Step(operation: "listProviders", target: "/api/providers"),
        Step(operation: "testProvider", method: .post, target: "/api/providers/nobody/test", body: [:], status: 404),
        Step(operation: "testToolServer", method: .post, target: "/api/mcp_servers/nobody/test", status: 404),
        Step(operation: "getMetrics", target: "/metrics?all=1", status: 422),
        Step(operation: "isLive", target: "/healthz"), Step(operation: "isReady", target: "/readyz"),
        Step(operation: "getDocument", target: "/api/openapi.json"),
    ]

    @Test
    func `Every operation answers what the document says`() async throws {
        try await World.with(.inProcess) { world in
            let document = try DocumentedAPI(try await world.send(.get, "/api/openapi.json").json())
            _ = try await world.run(SamplePlan.small)
            let files: JSON = ["clerk.yaml": "answers: [{ text: Hello. }]"]
            let asked = try await world.post(
                "/api/tasks", ["plan": ["text": .string(Self.asking), "files": files]])
            #expect(asked.status == 201, "\(asked.text)")
            let request = try await world.openRequest(of: 2)
            var tried: Set = ["getRequest", "decideRequest"]
            let decisions = [
                Step(operation: "getRequest", target: "/api/approvals/\(request)"),
                Step(
                    operation: "decideRequest", method: .post, target: "/api/approvals/\(request)/decision",
                    body: ["verdict": "approve", "by": "anna"]),
            ]
            // What was decided is told in the lists that follow, and the task has come to its end.
            for step in decisions { try await Self.check(step, document, world) }
            for step in Self.steps {
                try await Self.check(step, document, world)
                tried.insert(step.operation)
            }
            #expect(document.operations.subtracting(tried) == [])
        }
    }

    private static func check(_ step: Step, _ document: DocumentedAPI, _ world: World) async throws {
        let headers = ["Content-Type": step.operation == "uploadFile" ? "application/octet-stream" : "application/json"]
        let body: [UInt8] = step.operation == "uploadFile" ? [1, 2] : step.body?.bytes ?? []
        let answer = try await world.send(step.method, step.target, headers: headers, body: body)
        #expect(answer.status == step.status, "\(step.operation): \(answer.text)")
        let mistakes = try document.mistakes(
            in: try answer.json(), status: answer.status, type: answer.headers["Content-Type"] ?? "",
            of: step.operation)
        #expect(mistakes == [], "\(step.operation): \(answer.text.prefix(2_000))")
    }

    @Test
    func `What the document does not declare is refused with its name`() async throws {
        try await World.with(.inProcess) { world in
            let document = try DocumentedAPI(try await world.send(.get, "/api/openapi.json").json())
            for target in document.targets {
                let answer = try await world.send(
                    target.method, target.path + "?nonsense=1", headers: ["Content-Type": "application/json"])
                #expect(answer.status == 422, "\(target.path): \(answer.text)")
                #expect(answer.text.contains("nonsense"), "\(target.path): \(answer.text)")
            }
        }
    }
}
