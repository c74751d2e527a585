public import Core

/// A part of a file, which the kernel sends without its passing through this program.
public struct FileBody: Sendable {
    let file: OpenFile
    let range: Range<Int64>

    /// - Parameter range: which bytes, all of which the file must have; nil for all.
    public init(_ file: OpenFile, range: Range<Int64>? = nil) {
        self.file = file
        self.range = range ?? 0..<file.size
        precondition(
            0 <= self.range.lowerBound && self.range.upperBound <= file.size, "A part of a file stands in the file.")
    }

    /// Its bytes, piece by piece.
    func forEachPiece(_ body: ([UInt8]) async throws -> Void) async throws {
        var offset = range.lowerBound
        while offset < range.upperBound {
            let (file, place) = (file, offset)
            let count = Int(min(range.upperBound - offset, 1 << 20))
            let piece = try await onOwnThread("file") { try file.read(at: place, count: count) }
            guard piece.count == count else { throw StreamClosed() }
            try await body(piece)
            offset += Int64(count)
        }
    }
}
