internal import Core
internal import HTTPServer
internal import Plans
internal import Runtime
internal import Store

/// `/api/plans`
struct PlansResource: Sendable {
    let runtime: Runtime

    var operations: [Operation] {
        [
            list, save, validate, get, versions, difference, publish,
            change("unpublish", "unpublishPlan", "Lets the latest version of a plan run again.", .unpublish),
            change("archive", "archivePlan", "Hides a plan: nobody runs it by its name.", .archive),
            change("restore", "restorePlan", "Brings an archived plan back.", .restore),
        ]
    }

    private static let name = Parameter.path("name", "The name of a plan.")
    private static let version = Parameter.planVersion(
        "version", default: .latest,
        "latest, published, current (the published one, else the latest), or the first digits of a hash; the latest without it."
    )
    private static let from = Parameter.planVersion(
        "from", default: .current, "One of them; the one that runs without it.")
    private static let to = Parameter.planVersion("to", default: .latest, "The other one; the latest without it.")

    private var list: Operation {
        Operation(
            .get, "/api/plans", "listPlans", "The saved plans, by name.",
            parameters: [Parameter.librarySearch, Parameter.archived, Parameter.page, Parameter.size],
            answers: [
                .json(
                    "A page of them, each in its latest version.",
                    .object(["plans": .array(of: .plan), "total": .count]))
            ]
        ) { call in
            let plans = try await runtime.savedPlans(
                containing: try call[.librarySearch], isArchived: try call[.archived] == "true")
            let page = plans.page(try call[.page], size: try call[.size])
            return .json([
                "plans": .array(page.map { $0.latest.json(of: $0.plan) }), "total": .int(Int64(plans.count)),
            ])
        }
    }

    private var save: Operation {
        Operation(
            .post, "/api/plans", "savePlan", "Saves a version of a plan under its name: it is the latest from then on.",
            parameters: [Parameter.ifMatch] + LibrarySubmission.parameters,
            body: .jsonOrYAML(.submission(of: "plan")),
            answers: [
                Answer.json("The new version.", .plan, status: .created).withVersion,
                Answer.json("The version, which was there already.", .plan).withVersion,
            ],
            problems: [.preconditionFailed, .invalidPlan, .expression]
        ) { call in
            let submission = try LibrarySubmission(call, "plan")
            let plan = try PlanReader.read(submission.source)
            let saving = try await runtime.save(plan, submission.note, if: try call.versionCondition())
            let saved = PlanVersionRow(try await runtime.plan(named: plan.name, .digits(plan.hash.rawValue)))
            let head = try await runtime.savedPlan(plan.name)
            return .json(saving.telling(saved.json(of: head)), status: saving == .new ? .created : .ok)
                .of(version: saved.hash, standing: head.standing)
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

    private var get: Operation {
        Operation(
            .get, "/api/plans/{name}", "getPlan", "A version of a plan with its text, and what it says as JSON.",
            parameters: [Self.name, Self.version, Parameter.ifNoneMatch],
            answers: [.json("The plan.", .planDetail).withVersion, .notModified], problems: [.notFound, .conflict]
        ) { call in
            let name = try call[Self.name]
            let plan = try await runtime.plan(named: name, try call[Self.version])
            let saved = try await runtime.store.savedPlan(name)
            return try call.answer(plan.json(of: saved), tellingOf: plan.hash, standing: saved?.standing)
        }
    }

    private var versions: Operation {
        Operation(
            .get, "/api/plans/{name}/versions", "listPlanVersions", "The saved versions of a plan, the latest first.",
            parameters: [Self.name, Parameter.page, Parameter.size],
            answers: [.json("A page of them.", .object(["versions": .array(of: .plan), "total": .count]))],
            problems: [.notFound]
        ) { call in
            let plan = try await runtime.savedPlan(try call[Self.name])
            let size = try call[.size]
            let found = try await runtime.store.planVersions(
                of: plan.name, offset: (try call[.page] - 1) * size, limit: size)
            let savings = try await runtime.savings(of: .plan, found.versions.map(\.hash))
            return .json([
                "versions": .array(found.versions.map { SavingRow.telling($0.json(of: plan), savings[$0.hash]) }),
                "total": .int(Int64(found.total)),
            ])
        }
    }

    private var difference: Operation {
        Operation(
            .get, "/api/plans/{name}/diff", "comparePlanVersions", "What two versions of a plan differ in.",
            parameters: [Self.name, Self.from, Self.to],
            answers: [.json("Both, and the differences.", .planComparison)], problems: [.notFound, .conflict]
        ) { call in
            let name = try call[Self.name]
            let before = try await runtime.plan(named: name, try call[Self.from])
            let after = try await runtime.plan(named: name, try call[Self.to])
            return .json(PlanComparison(before, after).json { PlanVersionRow($0).json(of: nil) })
        }
    }

    private var publish: Operation {
        Operation(
            .post, "/api/plans/{name}/publish", "publishPlan",
            "Lets a version of a plan run whatever is saved later: the latest, unless another one is named.",
            parameters: [Self.name, Parameter.ifMatch],
            body: .optionalJSON(Schema.input(optional: ["version": .planVersion]).named("PlanPublication")),
            answers: [.json("The plan as it is now.", .plan).withVersion],
            problems: [.notFound, .conflict, .preconditionFailed]
        ) { call in
            var reader = try ObjectReader(try call.json())
            let version = reader.planVersion("version") ?? .latest
            try reader.finish()
            let name = try call[Self.name]
            // Only what was saved under this name, and not what came with a task.
            let saved = try await runtime.savedPlan(name)
            let plan = try await runtime.plan(named: name, version)
            guard plan.isListed else {
                throw SignalboxError(
                    .notFound, "The plan \"\(saved.name)\" has no saved version \"\(plan.hash)\".",
                    hint: "It came with a task: save it first.")
            }
            try await runtime.change(name, .publish(plan.hash), if: try call.versionCondition())
            return try await answer(name)
        }
    }

    private func change(_ verb: String, _ id: String, _ summary: String, _ change: PlanChange) -> Operation {
        Operation(
            .post, "/api/plans/{name}/" + verb, id, summary, parameters: [Self.name, Parameter.ifMatch],
            answers: [.json("The plan as it is now.", .plan).withVersion], problems: [.notFound, .preconditionFailed]
        ) { call in
            let name = try call[Self.name]
            try await runtime.change(name, change, if: try call.versionCondition())
            return try await answer(name)
        }
    }

    private func answer(_ name: String) async throws -> Response {
        let saved = try await runtime.savedPlan(name)
        let latest = PlanVersionRow(try await runtime.plan(named: name, .digits(saved.latest.rawValue)))
        return .json(latest.json(of: saved)).of(version: latest.hash, standing: saved.standing)
    }
}

extension ObjectReader {
    /// Which version of a plan is meant.
    mutating func planVersion(_ name: String) -> PlanVersionChoice? {
        guard let text = string(name) else { return nil }
        do {
            return try PlanVersionChoice(text)
        } catch let error as SignalboxError {
            add("\"\(text.prefix(80))\" names no version", at: name, hint: error.hint)
        } catch {
            add("\(error)", at: name)
        }
        return nil
    }
}
