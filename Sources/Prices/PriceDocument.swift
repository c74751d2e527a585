public import Core

/// A list of prices: the shipped one, an imported one, or the user's own.
public struct PriceDocument: Sendable {
    /// What people call it: `signalbox-2026-11-26`.
    public var name: String
    public var models: [ModelPrices]
    /// Of its text: the same prices have the same hash.
    public var hash: ContentHash

    /// Reads the text of a price document (docs/cost.md says how it is written).
    /// - Parameter file: what errors call it.
    /// - Throws: `SignalboxError` with code `invalid_json`, `invalid_input` (all that is wrong, each with its place) or
    ///   `limit_exceeded`.
    public init(reading text: [UInt8], file: String) throws {
        guard text.count <= Limits.priceFileBytesMaximum else {
            throw SignalboxError(
                .limit, "The price list \(file) is larger than \(Limits.priceFileBytesMaximum) bytes.")
        }
        var reader = PriceDocumentReader()
        (name, models) = reader.document(try JSON(parsing: text, file: file))
        hash = ContentHash(of: text)
        guard reader.findings.isEmpty else {
            throw SignalboxError(
                .invalidInput, "The price list \(file) has mistakes.",
                diagnostics: reader.findings.map { Diagnostic($0.message, at: $0.place.inside(file), hint: $0.hint) })
        }
    }

    /// A document made here.
    public init(name: String, models: [ModelPrices]) {
        self.name = name
        self.models = models
        hash = ContentHash(of: PriceDocument.text(name: name, models: models))
    }
}
