internal import Core

/// Cuts what a program writes into lines.
struct LineSplitter {
    private var held: [UInt8] = []

    /// Takes the next bytes and gives the lines that are complete with them.
    /// - Throws: `Fault` when a line is longer than a message may be.
    mutating func receive(_ bytes: [UInt8]) throws -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var rest = bytes[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            try hold(rest[..<end])
            lines.append(held)
            held = []
            rest = rest[(end + 1)...]
        }
        try hold(rest)
        return lines
    }

    private mutating func hold(_ bytes: ArraySlice<UInt8>) throws {
        guard held.count + bytes.count <= Limits.mcpMessageBytesMaximum else {
            held = []
            throw Fault("it sent a message of more than \(Limits.mcpMessageBytesMaximum >> 20) MiB")
        }
        held += bytes
    }
}
