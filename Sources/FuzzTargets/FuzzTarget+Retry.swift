internal import Core
internal import HTTPClient
internal import Providers

extension FuzzTarget {
    /// How long another system asks to be left alone: as the header says it, and as an error of a model's provider does.
    static let retryAfter = FuzzTarget("retry-after", bytesMaximum: 128) { bytes in
        let text = Input.text(bytes)
        let wait = RetryAfter.milliseconds(text, now: Timestamp(millisecondsSinceEpoch: 1_796_083_200_005))
        try requireBounded(wait)
        let isNumber = !bytes.isEmpty && bytes.allSatisfy { (0x30...0x39).contains($0) }
        try require(!isNumber || wait != nil, "seconds that are not read")
        try requireBounded(try delay(text))
    }

    private static func requireBounded(_ milliseconds: Int64?) throws {
        guard let milliseconds else { return }
        try require((0...RetryAfter.millisecondsMaximum).contains(milliseconds), "a wait of \(milliseconds) ms")
    }

    /// The wait of an error as Google's interfaces send it, in the middle of a stream.
    private static func delay(_ text: String) throws -> Int64? {
        let error: JSON = ["code": 429, "message": "Slowly.", "details": [["retryDelay": .string(text)]]]
        let document: JSON = ["error": error]
        guard case .failure(let failure) = ReadAnswer.chatCompletion(document.bytes).result else {
            throw Violation("an error that is taken for an answer")
        }
        guard let refusal = (failure as? SignalboxError)?.cause as? TemporaryRefusal else {
            throw Violation("an overload that is none: \(failure)")
        }
        return refusal.retryAfterMilliseconds
    }
}
