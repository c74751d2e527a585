public import Core

/// A list of prices that is to be taken over: LiteLLM's file, or one in our own form.
public struct PriceImport: Sendable {
    public private(set) var document: PriceDocument
    /// Models of the file that are not in the document, in its order.
    public private(set) var leftOut: [LiteLLMPrices.LeftOut] = []
    /// Prices that stand in the file and that no call can be charged by: what they are about, and of how many models.
    public private(set) var notUnderstood: [(what: String, count: Int)] = []

    /// - Parameters:
    ///   - text: the file.
    ///   - name: what the list is called from now on; nil for its own name, or `litellm` and its hash.
    ///   - file: what errors call it.
    /// - Throws: `SignalboxError` with code `invalid_json`, `invalid_input` or `limit_exceeded`.
    public init(reading text: [UInt8], name: String?, file: String) throws {
        if let name { try Self.check(name) }
        // Our own lists have a name and models, LiteLLM's has neither.
        if case .object(let members) = try JSON(parsing: text, file: file), members["models"]?.objectValue != nil,
            members["name"]?.stringValue != nil
        {
            document = try PriceDocument(reading: text, file: file)
            document.name = name ?? document.name
        } else {
            let list = try LiteLLMPrices(
                reading: text, name: name ?? "litellm-\(ContentHash(of: text).short)", file: file)
            document = list.document
            leftOut = list.leftOut
            notUnderstood = list.notUnderstood.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
                .map { ($0.key, $0.value) }
        }
    }

    /// A list that is stored with a name that none may have would keep every server from starting.
    /// - Throws: `SignalboxError` with code `invalid_input`.
    public static func check(_ name: String) throws {
        guard (1...Limits.priceListNameBytesMaximum).contains(name.utf8.count), !name.trimmed.isEmpty else {
            throw SignalboxError(
                .invalidInput,
                "The name of a list must have 1 to \(Limits.priceListNameBytesMaximum) bytes and must not be blank.",
                hint: "Without a name the list is called litellm and its hash.")
        }
    }

    /// What is told of it, as the API and the command line give it.
    /// - Parameter path: where it was written.
    public func json(writtenTo path: String) -> JSON {
        [
            "name": .string(document.name), "hash": .string(document.hash.rawValue),
            "models": .int(Int64(document.models.count)), "skipped": .int(Int64(leftOut.count)),
            "left_out": .array(
                leftOut.map { ["model": .string($0.model), "reason": .string($0.reason.rawValue)] }),
            "not_understood": .object(JSONObject(notUnderstood.map { ($0.what, .int(Int64($0.count))) })),
            "path": .string(path),
        ]
    }
}
