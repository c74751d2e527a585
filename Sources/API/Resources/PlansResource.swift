internal import Core
internal import HTTPServer
internal import Plans
internal import Runtime
internal import Store

/// `/api/plans`
struct PlansResource: Sendable {
    let runtime: Runtime

    var operations: [Operation] { [list, get, validate] }

    private static let name = Parameter.path("name", "The name of a plan.")

    private var list: Operation {
        Operation(
            .get, "/api/plans", "listPlans", "The saved plans.",
            answers: [.json("All of them.", .object(["plans": .array(of: .saved)]))]
        ) { _ in
            .json(["plans": .array(try await runtime.store.plans().map(\.json))])
        }
    }

    private var get: Operation {
        Operation(
            .get, "/api/plans/{name}", "getPlan", "A plan with its text.",
            parameters: [Self.name, Parameter.version, Parameter.ifNoneMatch],
            answers: [.json("The plan.", .savedDetail).withVersion, .notModified], problems: [.notFound]
        ) { call in
            let plan = try await plan(named: try call[Self.name], version: try call[.version])
            guard case .object(var object) = plan.json else { preconditionFailure("A plan is an object.") }
            object["text"] = .string(plan.text)
            let files = plan.files.sorted { $0.key < $1.key }.map { ($0.key, JSON.string($0.value)) }
            object["files"] = .object(JSONObject(files))
            return try call.answer(.object(object), version: plan.hash)
        }
    }

    private var validate: Operation {
        Operation(
            .post, "/api/plans/validate", "validatePlan", "Checks a plan without running it.", body: .json(.document),
            answers: [.json("It has no mistake.", .planReference)], problems: [.invalidPlan, .expression]
        ) { call in
            let plan = try PlanReader.read(try PlanSource(try call.json(), at: ""))
            return .json(["name": .string(plan.name), "hash": .string(plan.hash.rawValue)])
        }
    }

    /// - Parameter version: the address of a version, also of one that came with a task; nil for the latest saved one.
    private func plan(named name: String, version: String?) async throws -> PlanRow {
        guard let version else {
            if let plan = try await runtime.store.plan(named: name) { return plan }
            let known = try await runtime.store.plans().map(\.name)
            throw SignalboxError(
                .notFound, "There is no plan \"\(name.prefix(64))\".",
                hint: Suggestion.hint(for: name, among: known, called: "the saved plans are"))
        }
        if let hash = ContentHash(rawValue: version), let plan = try await runtime.store.plan(hash), plan.name == name {
            return plan
        }
        throw SignalboxError(
            .notFound, "The plan \"\(name.prefix(64))\" has no version \"\(version.prefix(64))\".",
            hint: "A version is named by its whole hash, as tasks tell it.")
    }
}

extension PlanRow {
    fileprivate var json: JSON {
        var object: JSONObject = ["name": .string(name), "hash": .string(hash.rawValue)]
        object["description"] = summary.map(JSON.string)
        object["saved"] = .string(savedAt.rfc3339)
        object["path"] = .string(path)
        return .object(object)
    }
}
