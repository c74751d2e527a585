public import Core
internal import Synchronization

/// The body of a request as it comes. Reading blocks, so it is done on a thread of its own, and by one reader.
public struct BodyStream: Sendable {
    private let read: @Sendable () throws -> [UInt8]?

    /// A body that is read by calling this until it gives nil; what it throws ends the reading.
    public init(_ read: @escaping @Sendable () throws -> [UInt8]?) {
        self.read = read
    }

    /// A body that is there already.
    public init(_ bytes: [UInt8]) {
        let rest = Mutex<[UInt8]?>(bytes)
        read = {
            rest.withLock { rest in
                defer { rest = nil }
                return rest
            }
        }
    }

    /// The bytes of a file.
    public init(_ file: OpenFile, pieceBytes: Int = 256 << 10) {
        let offset = Mutex<Int64>(0)
        read = {
            try offset.withLock { offset in
                let piece = try file.read(at: offset, count: pieceBytes)
                offset += Int64(piece.count)
                return piece.isEmpty ? nil : piece
            }
        }
    }

    /// What has arrived, waiting for it; nil at the end.
    /// - Throws: `SignalboxError` when the body breaks off.
    public func next() throws -> [UInt8]? { try read() }
}
