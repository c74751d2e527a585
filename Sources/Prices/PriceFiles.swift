internal import Core

/// Where the price lists of an installation are, in its data directory.
public enum PriceFiles: Sendable {
    /// The user's own prices, which go before all others; written by hand.
    public static let own = "prices.json"
    /// What was imported last; goes before the shipped prices. Replaced by each import.
    public static let imported = "prices.imported.json"

    /// The prices of an installation: its own, then the imported, then the shipped ones. Blocks while it reads.
    /// - Throws: `SignalboxError` for a file that cannot be read or has mistakes; one that is not there is none.
    public static func table(in directory: String) throws -> PriceTable {
        var documents: [PriceDocument] = []
        for name in [own, imported] {
            let path = "\(directory)/\(name)"
            guard FileSystem.exists(path) else { continue }
            let text = try FileSystem.read(path, maximum: Limits.priceFileBytesMaximum)
            documents.append(try PriceDocument(reading: text, file: path))
        }
        return PriceTable(documents + [.shipped])
    }

    /// Keeps an imported list in place of the one before.
    public static func write(imported document: PriceDocument, to directory: String) throws {
        try FileSystem.createDirectory(directory)
        try FileSystem.writeAtomically(document.json.bytes, to: "\(directory)/\(imported)")
    }
}
