internal import Core
internal import HTTPServer
internal import Prices
internal import Runtime
internal import Store

/// `/api/prices`: what models cost.
struct PricesResource: Sendable {
    let runtime: Runtime

    var operations: [Operation] { [list, getAlias, get] + RepricingResource(runtime: runtime).operations }

    private static let provider = Parameter.path("provider", "The name of a provider.")
    private static let model = Parameter.path("model", "The name of a model.")

    private var list: Operation {
        Operation(
            .get, "/api/prices", "listPrices", "The prices of all models that are known.",
            answers: [
                .json("The table.", .object(["version": .text, "models": .array(of: .modelPrices)]))
            ]
        ) { _ in
            let table = runtime.prices.table
            let now = Timestamp.now
            let models = table.models.map { $0.model.json(list: $0.list, at: now) }
            return .json(["version": .string(table.version), "models": .array(models)])
        }
    }

    private var getAlias: Operation {
        Operation(
            .get, "/api/prices/{model}", "getPricesByAlias", "The prices of a model by a name without a provider.",
            parameters: [Self.model], answers: [.json("Its prices.", .modelPrices)], problems: [.notFound]
        ) { try show(try $0[Self.model]) }
    }

    private var get: Operation {
        Operation(
            .get, "/api/prices/{provider}/{model}", "getPrices", "The prices of a model.",
            parameters: [Self.provider, Self.model], answers: [.json("Its prices.", .modelPrices)],
            problems: [.notFound]
        ) { try show(try $0[Self.provider] + "/" + $0[Self.model]) }
    }

    private func show(_ name: String) throws -> Response {
        let table = runtime.prices.table
        guard let entry = table.entry(for: name) else {
            throw SignalboxError(.notFound, "The price of \"\(name.prefix(200))\" is unknown.")
        }
        guard case .object(var object) = entry.model.json(list: entry.list, at: .now) else {
            preconditionFailure("A model with its prices is an object.")
        }
        object["version"] = .string(table.version)
        return .json(.object(object))
    }
}

extension ModelPrices {
    /// A model with its list and today's prices.
    fileprivate func json(list: String, at moment: Timestamp) -> JSON {
        var object: JSONObject = ["model": .string(name), "list": .string(list)]
        for (name, value) in json.objectValue ?? [:] { object[name] = value }
        object["today"] = period(at: moment).map { .object($0.standard.base.json) } ?? .null
        return .object(object)
    }
}
