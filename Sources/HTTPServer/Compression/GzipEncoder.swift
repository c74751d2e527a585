internal import CZlib

/// Makes gzip (RFC 1952) of bytes that come piece by piece.
///
/// zlib: "deflate compresses as much data as possible, and stops when the input buffer becomes empty or the output buffer
/// becomes full." With `Z_FINISH` it "must be called again … until it returns with Z_STREAM_END".
@safe
struct GzipEncoder: ~Copyable {
    /// Of 1 (fast) to 9 (small): 675 KB of events become 128 KB in 5 ms, with 6, zlib's own choice, too, but in 12 ms.
    private static let level: Int32 = 4
    /// How much zlib hands out at a time.
    private static let portionBytes = 32 << 10

    /// zlib keeps the address of the stream, so it must not move.
    private let stream: UnsafeMutablePointer<z_stream>

    init() {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        let code = unsafe signalbox_gzip_begin(stream, Self.level)
        precondition(
            code == Z_OK, "zlib cannot begin: there is no memory, or it is another version than it was built with.")
    }

    deinit {
        unsafe deflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// Takes bytes, and gives out what is ready of their gzip, which may be nothing.
    mutating func append(_ bytes: [UInt8]) -> [UInt8] { run(bytes, Z_NO_FLUSH) }

    /// Gives out the rest. Nothing may be appended afterwards.
    mutating func finish() -> [UInt8] { run([], Z_FINISH) }

    /// The gzip of bytes that are all there.
    static func encode(_ bytes: [UInt8]) -> [UInt8] {
        var encoder = GzipEncoder()
        return encoder.append(bytes) + encoder.finish()
    }

    private mutating func run(_ bytes: [UInt8], _ flush: Int32) -> [UInt8] {
        var output: [UInt8] = []
        var input = bytes
        unsafe input.withUnsafeMutableBufferPointer { input in
            unsafe stream.pointee.next_in = input.baseAddress
            unsafe stream.pointee.avail_in = UInt32(input.count)
            repeat {
                let portion = unsafe [UInt8](unsafeUninitializedCapacity: Self.portionBytes) { buffer, count in
                    unsafe stream.pointee.next_out = buffer.baseAddress
                    unsafe stream.pointee.avail_out = UInt32(Self.portionBytes)
                    let code = unsafe deflate(stream, flush)
                    precondition(code != Z_STREAM_ERROR, "zlib was called in a way that it does not allow.")
                    count = unsafe Self.portionBytes - Int(stream.pointee.avail_out)
                }
                output += portion
            } while unsafe stream.pointee.avail_out == 0
        }
        return output
    }
}
