import Testing

@testable import Commands

@Suite(.timeLimit(.minutes(1)))
struct KeyTests {
    @Test(
        arguments: [
            ("k", [.character("k")]), ("é", [.character("é")]), ("\r", [.enter]), ("\n", [.enter]), ("\u{7F}", [.back]),
            ("\u{1B}[A\u{1B}OB", [.up, .down]), ("\u{1B}[5~\u{1B}[6~", [.pageUp, .pageDown]),
            ("\u{1B}[H\u{1B}[4~", [.first, .last]), ("\u{1B}[D", [.back]), ("\u{1B}", [.back]),
            ("\u{1B}[1;5Aj", [.up, .character("j")]), ("\u{1B}[200~j", [.other, .character("j")]),
            ("\u{1B}xq", [.other, .character("q")]), ("\t", [.other]), ("j\u{4}k", [.character("j")]), ("", []),
        ] as [(String, [Key])])
    func `bytes are read as the keys that they are`(_ typed: String, _ keys: [Key]) {
        #expect(Self.keys(Array(typed.utf8)) == keys)
    }

    @Test func `what is no key does no harm`() {
        #expect(Self.keys([0xC3]) == [.other], "half a character")
        #expect(Self.keys([0xFF, 0x6A]) == [.other, .character("j")])
        let endless = [0x1B, 0x5B] + [UInt8](repeating: 0x30, count: 17)
        #expect(Self.keys(endless).first == .other)
    }

    private static func keys(_ bytes: [UInt8]) -> [Key] {
        var rest = bytes[...]
        var keys: [Key] = []
        while let key = Key.read({ _ in rest.popFirst() }) { keys.append(key) }
        return keys
    }
}
