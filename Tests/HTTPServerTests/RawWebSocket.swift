import Core
import HTTPServer
import Testing

/// A WebSocket client that can misbehave: it sends any frame and shows what comes.
final class RawWebSocket {
    /// A frame of the server.
    struct Frame: Equatable {
        var opcode: UInt8
        var payload: [UInt8]

        var text: String { String(decoding: payload, as: UTF8.self) }

        /// The number of a close; 0 when it has none.
        var closeCode: Int { payload.count < 2 ? 0 : Int(payload[0]) << 8 | Int(payload[1]) }
    }

    static let key = "dGhlIHNhbXBsZSBub25jZQ=="

    private let client: RawClient
    private var received: [UInt8] = []

    /// Opens a connection; `early` is sent together with the request.
    init(port: UInt16, path: String = "/", early: [UInt8] = []) throws {
        client = try RawClient(port: port)
        client.send(Array(Self.request(path: path).utf8) + early)
        while !received.contains(Array("\r\n\r\n".utf8)) {
            guard let part = try client.receive() else { throw RawClientError(what: "closed", number: 0) }
            received += part
        }
        let end = try #require(received.firstRange(of: Array("\r\n\r\n".utf8)))
        let header = String(decoding: received[..<end.lowerBound], as: UTF8.self)
        #expect(header.hasPrefix("HTTP/1.1 101 Switching Protocols\r\n"), "\(header)")
        #expect(header.contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), "\(header)")
        received.removeSubrange(..<end.upperBound)
    }

    static func request(path: String = "/", _ changes: [String: String] = [:]) -> String {
        let headers = [
            "Host": "x", "Upgrade": "websocket", "Connection": "keep-alive, Upgrade", "Sec-WebSocket-Key": key,
            "Sec-WebSocket-Version": "13",
        ].merging(changes) { _, changed in changed }
        return "GET \(path) HTTP/1.1\r\n"
            + headers.filter { $0.value != "-" }.map { "\($0.key): \($0.value)\r\n" }.joined() + "\r\n"
    }

    /// The bytes of a frame.
    /// - Parameters:
    ///   - first: the first byte, with the final bit and the opcode.
    ///   - length: what the header says, when it is not the payload's.
    static func frame(
        _ first: UInt8, _ payload: [UInt8], isMasked: Bool = true, length: Int? = nil
    ) -> [UInt8] {
        let length = length ?? payload.count
        let maskBit: UInt8 = isMasked ? 0x80 : 0
        var bytes = [first]
        switch length {
        case ..<126: bytes.append(maskBit | UInt8(length))
        case ..<65_536: bytes += [maskBit | 126, UInt8(length >> 8), UInt8(length & 255)]
        default: bytes += [maskBit | 127] + (0..<8).map { UInt8(truncatingIfNeeded: length >> (56 - 8 * $0)) }
        }
        guard isMasked else { return bytes + payload }
        let mask: [UInt8] = [0x37, 0xFA, 0x21, 0x3D]
        return bytes + mask + payload.enumerated().map { $0.element ^ mask[$0.offset % 4] }
    }

    static func text(_ text: String) -> [UInt8] { frame(0x81, Array(text.utf8)) }

    static func close(_ code: Int) -> [UInt8] { frame(0x88, [UInt8(code >> 8), UInt8(code & 255)]) }

    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool { client.send(bytes) }

    /// The next frame; nil when the server has closed the connection.
    func next() throws -> Frame? {
        while true {
            if let frame = takeFrame() { return frame }
            guard let part = try client.receive() else { return nil }
            received += part
        }
    }

    /// The number of the close that comes next, whatever else comes before it; nil when the connection ends without one.
    func closeCode() throws -> Int? {
        while let frame = try next() {
            if frame.opcode == 8 { return frame.closeCode }
        }
        return nil
    }

    private func takeFrame() -> Frame? {
        guard received.count >= 2 else { return nil }
        var (length, start) = (Int(received[1] & 127), 2)
        if length == 126 {
            guard received.count >= 4 else { return nil }
            (length, start) = (Int(received[2]) << 8 | Int(received[3]), 4)
        } else if length == 127 {
            guard received.count >= 10 else { return nil }
            (length, start) = (received[2..<10].reduce(0) { $0 << 8 | Int($1) }, 10)
        }
        guard received.count >= start + length else { return nil }
        defer { received.removeFirst(start + length) }
        return Frame(opcode: received[0] & 15, payload: Array(received[start..<start + length]))
    }
}
