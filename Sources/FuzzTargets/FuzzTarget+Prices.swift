internal import Core
internal import Prices

extension FuzzTarget {
    /// Price documents; what is written of one is read as the same again.
    static let priceList = FuzzTarget("price-list") { bytes in
        guard let list = try unlessRefused({ try PriceDocument(reading: bytes, file: "prices.json") }) else { return }
        try requireSame(list)
    }

    /// LiteLLM's list; what is taken over can be written and read as one of our own.
    static let liteLLMPrices = FuzzTarget("litellm-prices") { bytes in
        let read = try unlessRefused { try LiteLLMPrices(reading: bytes, name: "litellm", file: "prices.json") }
        guard let read else { return }
        try requireSame(read.document)
    }

    private static func requireSame(_ list: PriceDocument) throws {
        do {
            let again = try PriceDocument(reading: list.json.bytes, file: "again.json")
            try require(again.models == list.models, "what was written of it is read as something else")
        } catch let error as SignalboxError {
            throw Violation("what was written of it is refused: \(error.message) \(error.diagnostics)")
        }
    }
}
