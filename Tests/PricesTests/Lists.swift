import Core

@testable import Prices

/// Lists of prices for tests.
enum Lists {
    /// A list of these models, as it is written.
    static func document(_ models: String, name: String = "test") throws -> PriceDocument {
        try PriceDocument(reading: Array(#"{"name":"\#(name)","models":{\#(models)}}"#.utf8), file: "test.json")
    }

    /// A table of one such list.
    static func table(_ models: String) throws -> PriceTable { PriceTable([try document(models)]) }

    /// A moment of a day.
    static func moment(_ text: String) throws -> Timestamp {
        guard let read = PriceMoment.read(text) else { throw SignalboxError(.invalidInput, "\(text) is no day.") }
        return read.moment
    }
}
