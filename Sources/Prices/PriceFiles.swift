internal import Core

/// Where the price lists of an installation are, in its data directory.
public enum PriceFiles: Sendable {
    /// The user's own prices, which go before all others; written by hand.
    public static let own = "prices.json"
    /// What was imported last; goes before the shipped prices. Replaced by each import.
    public static let imported = "prices.imported.json"

    /// The prices of an installation: its own, then the imported, then the shipped ones. Blocks while it reads.
    /// - Throws: `SignalboxError` for files that cannot be read or have mistakes, with those of all of them; one that is
    ///   not there is none.
    public static func table(in directory: String) throws -> PriceTable {
        var documents: [PriceDocument] = []
        var mistakes: [SignalboxError] = []
        for name in [own, imported] {
            let path = "\(directory)/\(name)"
            guard FileSystem.exists(path) else { continue }
            do {
                let text = try FileSystem.read(path, maximum: Limits.priceFileBytesMaximum)
                documents.append(try PriceDocument(reading: text, file: path))
            } catch let error as SignalboxError {
                mistakes.append(error)
            }
        }
        guard mistakes.count > 1 else {
            if let mistake = mistakes.first { throw mistake }
            return PriceTable(documents + [.shipped])
        }
        throw SignalboxError(
            .invalidInput, mistakes.map { $0.located }.joined(separator: " "),
            diagnostics: mistakes.flatMap { mistake in
                guard mistake.diagnostics.isEmpty, let place = mistake.place else { return mistake.diagnostics }
                return [Diagnostic(mistake.message, at: place, hint: mistake.hint)]
            })
    }

    /// Keeps an imported list in place of the one before.
    public static func write(imported document: PriceDocument, to directory: String) throws {
        try FileSystem.createDirectory(directory)
        try FileSystem.writeAtomically(document.json.bytes, to: "\(directory)/\(imported)")
    }
}

extension SignalboxError {
    /// The sentence behind its place.
    fileprivate var located: String { (place.map { "\($0): " } ?? "") + message }
}
