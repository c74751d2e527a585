internal import Core
internal import HTTPServer
internal import Prices
internal import Runtime
internal import Store

/// `/api/prices`: what models cost.
struct PricesResource: Sendable {
    let runtime: Runtime

    var operations: [Operation] { [list, getAlias, get, take] + RepricingResource(runtime: runtime).operations }

    private static let provider = Parameter.path("provider", "The name of a provider.")
    private static let pricedAs = Parameter.text(
        "priced_as", "Whose prices hold where the name of the provider is not known.")
    private static let listName = Parameter.text(
        "name", "What the list is called; without it by its own name, or litellm and its hash.")
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
            let models = table.models.map { PriceTable.Entry(model: $0.model, list: $0.list).json(at: now) }
            return .json(["version": .string(table.version), "models": .array(models)])
        }
    }

    private var getAlias: Operation {
        Operation(
            .get, "/api/prices/{model}", "getPricesByAlias", "The prices of a model by a name without a provider.",
            parameters: [Self.model, Self.pricedAs], answers: [.json("Its prices.", .modelPrices)],
            problems: [.notFound]
        ) { try show(try $0[Self.model], $0) }
    }

    private var get: Operation {
        Operation(
            .get, "/api/prices/{provider}/{model}", "getPrices", "The prices of a model.",
            parameters: [Self.provider, Self.model, Self.pricedAs], answers: [.json("Its prices.", .modelPrices)],
            problems: [.notFound]
        ) { try show(try $0[Self.provider] + "/" + $0[Self.model], $0) }
    }

    private func show(_ name: String, _ call: Call) throws -> Response {
        let table = runtime.prices.table
        guard let entry = table.entry(for: name, pricedAs: try call[Self.pricedAs]) else {
            throw table.noPrice(of: name)
        }
        guard case .object(var object) = entry.json(at: .now) else {
            preconditionFailure("A model with its prices is an object.")
        }
        object["version"] = .string(table.version)
        return .json(.object(object))
    }

    private var take: Operation {
        Operation(
            .post, "/api/prices/import", "importPrices",
            "Takes over a list of prices, LiteLLM's or one in our own form, in the place of what was imported before.",
            parameters: [Self.listName],
            body: RequestBody(schema: .anyObject, bytesMaximum: Limits.priceFileBytesMaximum),
            answers: [.json("What was taken over, and what was not.", .priceImport)]
        ) { call in
            let (text, name) = (call.request.body, try call[Self.listName])
            let directory = runtime.configuration.directory.path
            let taken = try await onOwnThread("prices", stackBytes: 4 << 20) {
                let taken = try Self.read(text, name)
                try PriceFiles.write(imported: taken.document, to: directory)
                return taken
            }
            return .json(taken.json(writtenTo: "\(directory)/\(PriceFiles.imported)"))
        }
    }

    /// Reads the list that the body is.
    /// - Throws: `SignalboxError` with pointers into the body.
    private static func read(_ text: [UInt8], _ name: String?) throws -> PriceImport {
        do {
            return try PriceImport(reading: text, name: name, file: body)
        } catch var error as SignalboxError {
            // Nobody has given a file.
            error.message = error.message.replacing("The file \(body)", with: "The body")
            error.place = error.place.map(pointer)
            for place in error.diagnostics.indices {
                error.diagnostics[place].place = pointer(error.diagnostics[place].place)
            }
            throw error
        }
    }

    /// What messages call the body.
    private static let body = "body.json"

    private static func pointer(_ place: Place) -> Place {
        guard case .pointer(let pointer) = place, pointer.hasPrefix(body + "#") else { return place }
        return .pointer(String(pointer.dropFirst(body.utf8.count + 1)))
    }
}
