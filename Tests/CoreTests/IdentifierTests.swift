import Core
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct IdentifierTests {
    @Test func taskIDsSortByTime() {
        var random = SeededGenerator(seed: 1)
        let times: [Int64] = [0, 1, 31, 32, 1_023, 1_024, 1_795_188_245_123, 1_795_188_245_124, 281_474_976_710_655]
        let ids = times.map { TaskID(at: Timestamp(millisecondsSinceEpoch: $0), random: &random).rawValue }
        #expect(ids == ids.sorted())
        #expect(Set(ids).count == ids.count)
        #expect(ids.allSatisfy { $0.utf8.count == 26 && TaskID(rawValue: $0)?.rawValue == $0 })
    }

    @Test("The time is written as the ULID specification says: its example's first ten characters")
    func taskIDsAreULIDs() {
        var random = SeededGenerator(seed: 1)
        let id = TaskID(at: Timestamp(millisecondsSinceEpoch: 1_469_918_176_385), random: &random)
        #expect(id.rawValue.prefix(10) == "01aryz6s41")
    }

    @Test func taskIDsOfOneMomentDiffer() {
        var random = SeededGenerator(seed: 2)
        let now = Timestamp(millisecondsSinceEpoch: 1_795_188_245_123)
        #expect(Set((0..<1_000).map { _ in TaskID(at: now, random: &random) }).count == 1_000)
    }

    @Test func eitherCaseIsTheSameTask() throws {
        let id = try #require(TaskID(rawValue: "01ARZ3NDEKTSV4RRFFQ69G5FAV"))
        #expect(id.rawValue == "01arz3ndektsv4rrffq69g5fav")
        #expect(id == TaskID(rawValue: "01arz3ndektsv4rrffq69g5fav"))
    }

    @Test(
        arguments: [
            "", "01arz3ndektsv4rrffq69g5fa", "01arz3ndektsv4rrffq69g5favv", "01arz3ndektsv4rrffq69g5fai",
            "01arz3ndektsv4rrffq69g5fal", "01arz3ndektsv4rrffq69g5fao", "01arz3ndektsv4rrffq69g5fau",
            "01arz3ndektsv4rrffq69g5fa-", "01arz3ndektsv4rrffq69g5f\u{E9}", "01arz3nde\u{212A}tsv4rrffq69g5f",
            "01arz3ndektsv4rrffq69g5fa\u{10}", "01arz3ndektsv4rrffq69g5fa\n",
        ])
    func refusesWhatIsNoTaskID(text: String) {
        #expect(TaskID(rawValue: text) == nil)
    }

    @Test(
        "Vectors of FIPS 180-4 and NIST's examples",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
            (
                String(repeating: "a", count: 1_000_000),
                "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
            ),
        ])
    func contentHashes(text: String, digest: String) {
        let hash = ContentHash(of: Array(text.utf8))
        #expect(hash.rawValue == digest)
        #expect(hash.short == digest.prefix(8))
        #expect(ContentHash(rawValue: digest) == hash)
    }

    @Test(arguments: [
        "", "abc", String(repeating: "A", count: 64), String(repeating: "g", count: 64),
        String(repeating: "0", count: 65),
    ])
    func refusesWhatIsNoHash(text: String) {
        #expect(ContentHash(rawValue: text) == nil)
    }

    @Test func queuesAreFirstInFirstOut() {
        var random = SeededGenerator(seed: 3)
        var queue = Queue<Int>()
        var model: [Int] = []
        for number in 0..<5_000 {
            if random.next() % 100 < (number < 2_500 ? 60 : 40) {
                queue.append(number)
                model.append(number)
            } else {
                #expect(queue.popFirst() == (model.isEmpty ? nil : model.removeFirst()))
            }
            #expect(queue.count == model.count)
            #expect(queue.isEmpty == model.isEmpty)
        }
    }
}
