internal import Core
internal import HTTPServer
internal import Runtime
internal import Store

/// `/api/views`: lists of tasks that have names.
struct ViewsResource: Sendable {
    let runtime: Runtime

    var operations: [Operation] { [list, get, save, delete] }

    private static let name = Parameter.path("name", "The name of a view.")

    private var list: Operation {
        Operation(
            .get, "/api/views", "listViews", "Filters and orders of lists that are kept under names.",
            answers: [.json("All of them, by name.", .object(["views": .array(of: .view)]))]
        ) { _ in
            .json(["views": .array(try await runtime.store.views().map(\.json))])
        }
    }

    private var get: Operation {
        Operation(
            .get, "/api/views/{name}", "getView", "A view.", parameters: [Self.name, Parameter.ifNoneMatch],
            answers: [.json("The view.", .view).withVersion, .notModified], problems: [.notFound]
        ) { call in
            let view = try await runtime.view(try call[Self.name])
            return try call.answer(view.json, version: view.version)
        }
    }

    private var save: Operation {
        Operation(
            .put, "/api/views/{name}", "saveView", "Keeps filters and an order under a name.",
            parameters: [Self.name, Parameter.ifMatch], body: .json(.viewRequest),
            answers: [
                .json("It was changed.", .view).withVersion, .json("It is new.", .view, status: .created).withVersion,
            ],
            problems: [.preconditionFailed]
        ) { call in
            let name = try call[Self.name]
            let asked = try ViewRequest(try call.json())
            let isReplaced = try await runtime.save(
                viewNamed: name, filters: asked.filters, sort: asked.sort, if: try call.versionCondition())
            let view = try await runtime.view(name)
            return .json(view.json, status: isReplaced ? .ok : .created).of(version: view.version)
        }
    }

    private var delete: Operation {
        Operation(
            .delete, "/api/views/{name}", "deleteView", "Forgets a view; the tasks stay.",
            parameters: [Self.name, Parameter.ifMatch],
            answers: [.json("It is gone.", .object(["name": .text, "deleted": .isTrue]))],
            problems: [.notFound, .preconditionFailed]
        ) { call in
            let name = try call[Self.name]
            try await runtime.deleteView(name, if: try call.versionCondition())
            return .json(["name": .string(name), "deleted": true])
        }
    }
}

extension Schema {
    /// `ViewRow.json`
    fileprivate static let view = Schema.object(
        ["name": .text, "filters": .map(of: .text), "saved": .time], optional: ["sort": .text]
    ).named("View")

    fileprivate static let viewRequest = Schema.input(
        optional: [
            "filters": FilterFields.schema,
            "sort": .text.saying(ListParameters.sort.summary),
        ]
    ).named("ViewRequest")
}

extension ViewRow {
    fileprivate var json: JSON {
        var object: JSONObject = [
            "name": .string(name), "filters": filtersJSON, "saved": .string(savedAt.rfc3339),
        ]
        object["sort"] = sort.map(JSON.string)
        return .object(object)
    }
}
