internal import Core
internal import HTTPServer
internal import Runtime
internal import Store

/// `/api/apps`
struct AppsResource: Sendable {
    let runtime: Runtime

    var operations: [Operation] {
        [
            list, publish, get, run,
            change("archive", "archiveApp", "Hides an app: nobody runs it."),
            change("restore", "restoreApp", "Brings an archived app back.", undo: true),
        ]
    }

    private static let name = Parameter.path("name", "The name of an app.")

    private var list: Operation {
        Operation(
            .get, "/api/apps", "listApps", "The apps, by name.",
            parameters: [Parameter.librarySearch, Parameter.archived, Parameter.page, Parameter.size],
            answers: [.json("A page of them.", .object(["apps": .array(of: .app), "total": .count]))]
        ) { call in
            let apps = try await runtime.apps(
                containing: try call[.librarySearch], isArchived: try call[.archived] == "true")
            let page = apps.page(try call[.page], size: try call[.size])
            return .json(["apps": .array(try page.map { try $0.json }), "total": .int(Int64(apps.count))])
        }
    }

    private var publish: Operation {
        Operation(
            .post, "/api/apps", "publishApp",
            "Publishes a version of a plan with a description and parameters, in the place of what had that name.",
            parameters: [Parameter.ifMatch], body: .json(.appPublication),
            answers: [
                Answer.json("The app.", .app, status: .created).withVersion,
                Answer.json("The app, which was published like this already.", .app).withVersion,
            ],
            problems: [.notFound, .conflict, .preconditionFailed, .invalidPlan, .expression]
        ) { call in
            let publication = try AppPublication(try call.json())
            let isNew = try await runtime.publish(publication, if: try call.versionCondition())
            return try await answer(publication.name, status: isNew ? .created : .ok)
        }
    }

    private var get: Operation {
        Operation(
            .get, "/api/apps/{name}", "getApp", "An app.", parameters: [Self.name, Parameter.ifNoneMatch],
            answers: [.json("The app.", .app).withVersion, .notModified], problems: [.notFound]
        ) { call in
            let app = try await runtime.app(try call[Self.name])
            return try call.answer(try app.json, tellingOf: app.hash, standing: app.standing)
        }
    }

    private var run: Operation {
        Operation(
            .post, "/api/apps/{name}/runs", "runApp", "Creates a task of an app.",
            parameters: [Self.name, Parameter.idempotencyKey], body: .optionalJSON(.appRun), answers: Answer.receipts,
            problems: [.notFound, .gone, .conflict, .invalidPlan, .expression]
        ) { call in
            let request = try TaskRequest(
                ofApp: try call[Self.name], try call.json(), idempotencyKey: try call[.idempotencyKey])
            return try await runtime.answer(to: try await runtime.submit(request))
        }
    }

    private func change(_ verb: String, _ id: String, _ summary: String, undo: Bool = false) -> Operation {
        Operation(
            .post, "/api/apps/{name}/" + verb, id, summary, parameters: [Self.name, Parameter.ifMatch],
            answers: [.json("The app as it is now.", .app).withVersion], problems: [.notFound, .preconditionFailed]
        ) { call in
            let name = try call[Self.name]
            try await runtime.archiveApp(name, undo: undo, if: try call.versionCondition())
            return try await answer(name)
        }
    }

    private func answer(_ name: String, status: Status = .ok) async throws -> Response {
        let app = try await runtime.app(name)
        return .json(try app.json, status: status).of(version: app.hash, standing: app.standing)
    }
}
