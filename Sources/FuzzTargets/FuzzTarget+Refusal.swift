internal import Core
internal import Providers

extension FuzzTarget {
    /// A status, and the body of a refusal in which the key stands wherever there is a unit separator: the error is one
    /// line for people, and the key is not in it.
    static let modelRefusal = FuzzTarget("model-refusal", bytesMaximum: 9 << 10) { bytes in
        let (first, second) = Input.parts(bytes)
        let status = Int(Input.text(first)) ?? 400
        let body = Array(second.split(separator: 0x1F, omittingEmptySubsequences: false).joined(separator: key))
        let error = ReadRefusal.error(status: status, body: body, key: Input.text(key))
        try require(error.code == .upstream, "an error of another kind: \(error.code.rawValue)")
        try require(error.message.hasPrefix("openai answered \(status)"), "it says nothing of the status")
        let told = error.message + (error.hint ?? "") + error.description
        try require(Array(told.utf8).firstRange(of: key) == nil, "the key is told")
        try require(error.message.count < 2_000, "it is too long for a line")
        let steers = error.message.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
        try require(!steers, "a control character")
    }

    private static let key = Array("sk-correct-horse-battery".utf8)
}
