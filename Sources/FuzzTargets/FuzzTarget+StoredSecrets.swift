internal import Core
internal import Secrets

extension FuzzTarget {
    /// The file of the stored secrets: what nobody has sealed is never opened, what was sealed is, and not after a change.
    static let sealedFile = FuzzTarget("sealed-file", bytesMaximum: 1 << 10) { bytes in
        try require(try StoredSecrets.open(bytes, key: key) == nil, "a file is opened that nobody has sealed")
        let sealed = try StoredSecrets.seal(bytes, key: key)
        try require(try StoredSecrets.open(sealed, key: key) == bytes, "what was sealed is not what is opened")
        try require(try StoredSecrets.open(sealed, key: otherKey) == nil, "another key opens the file")
        for place in Input.cuts(sealed) {
            var changed = sealed
            changed[place] ^= 1
            try require(try StoredSecrets.open(changed, key: key) == nil, "a change at \(place) is not noticed")
            try require(
                try StoredSecrets.open(Array(sealed[..<place]), key: key) == nil, "a cut at \(place) is not noticed")
        }
    }

    /// What stands in that file.
    static let secretContents = FuzzTarget("secret-contents", bytesMaximum: 1 << 10) { bytes in
        guard let read = try unlessRefused({ try StoredSecrets.read(bytes) }) else { return }
        let again = try StoredSecrets.read(read.written)
        try require(again.values == read.values, "secrets are not what they were")
        try require(again.written == read.written, "the same secrets are written otherwise")
    }

    private static let key = String(repeating: "0f", count: 32)
    private static let otherKey = String(repeating: "f0", count: 32)
}
