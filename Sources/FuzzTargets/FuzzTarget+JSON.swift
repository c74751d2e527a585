internal import Core

extension FuzzTarget {
    /// JSON documents; what is written of one is read as the same again.
    static let json = FuzzTarget("json") { bytes in
        guard let json = try unlessRefused({ try JSON(parsing: bytes) }) else { return }
        let written = json.bytes
        let again = try unlessRefused { try JSON(parsing: written) }
        try require(again?.bytes == written, "what was written of it is read as something else")
    }
}
