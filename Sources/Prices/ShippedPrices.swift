internal import CPrices
internal import Core

extension PriceDocument {
    /// The prices that Signalbox comes with (`prices.json` in this room), read when they are first asked for.
    public static let shipped: PriceDocument = {
        let file = unsafe signalbox_prices()
        let text = unsafe Array(UnsafeBufferPointer(start: file.bytes, count: file.count))
        do {
            return try PriceDocument(reading: text, file: "prices.json")
        } catch {
            preconditionFailure("The shipped price list cannot be read: \(error)")
        }
    }()
}

extension PriceTable {
    /// The shipped prices alone.
    public static let shipped = PriceTable([.shipped])
}
