internal import Core
internal import Engine
internal import HTTPServer
internal import Runtime
internal import Store

/// `/api/approvals`: everything that waits for a person, and what people have decided.
struct ApprovalsResource: Sendable {
    let runtime: Runtime

    var operations: [Operation] { [list, get, decide] }

    private static let id = Parameter.path("id", "The id of a request.")
    private static let state = Parameter.word("state", of: ["open", "all"], "Whether what was decided is told too.")
    private static let task = Parameter.text("task", "Only what this task asks: its number or id.")

    private var list: Operation {
        Operation(
            .get, "/api/approvals", "listRequests", "What people are asked, the oldest first.",
            parameters: [Self.state, Self.task, Parameter.page, Parameter.size],
            answers: [
                .json(
                    "A page of it.",
                    .object(["approvals": .array(of: .request), "total": .count, "position": .position]))
            ],
            problems: [.notFound, .gone]
        ) { call in
            var task: TaskNumber?
            if let reference = try call[Self.task] { task = try await runtime.task(reference).number }
            let page = try await runtime.store.decisions(
                DecisionQuery(
                    isOpenOnly: try call[Self.state] == "open", task: task, page: try call[.page],
                    size: try call[.size]))
            var names: [TaskNumber: String] = [:]
            for row in page.decisions where names[row.task] == nil {
                names[row.task] = try await runtime.store.task(row.task)?.name
            }
            return .json([
                "approvals": .array(page.decisions.map { $0.json(taskName: names[$0.task]) }),
                "total": .int(Int64(page.total)), "position": .int(page.position.rawValue),
            ])
        }
    }

    private var get: Operation {
        Operation(
            .get, "/api/approvals/{id}", "getRequest", "A request with all that is asked, and what was decided.",
            parameters: [Self.id], answers: [.json("The request.", .requestDetail)], problems: [.notFound]
        ) { call in .json(try await detail(try call[Self.id])) }
    }

    private var decide: Operation {
        Operation(
            .post, "/api/approvals/{id}/decision", "decideRequest", "Decides a request; the first decision counts.",
            parameters: [Self.id], body: .json(.decision),
            answers: [.json("The request as it is now.", .requestDetail)], problems: [.notFound, .conflict]
        ) { call in
            let id = try call[Self.id]
            // Whether there is such a request comes before what is wrong with the decision.
            _ = try await runtime.request(id)
            try await runtime.decide(id, try Decision(try call.json(), user: runtime.configuration.user))
            return .json(try await detail(id))
        }
    }

    private func detail(_ id: String) async throws -> JSON {
        let decision = try await runtime.decision(id)
        return decision.json(taskName: try await runtime.store.task(decision.row.task)?.name)
    }
}
