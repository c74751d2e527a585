import Core
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct JSONObjectTests {
    @Test func keepsTheOrderOfTheFirstWriting() {
        var object: JSONObject = ["b": 1, "a": 2, "b": 3]
        #expect(object.names == ["b", "a"])
        #expect(object["b"] == 3)
        object["c"] = 4
        object["b"] = nil
        object["b"] = 5
        #expect(object.names == ["a", "c", "b"])
        #expect(object.map { $0.value } == [2, 4, 5])
    }

    @Test func nullIsAMemberAndNilIsNone() {
        var object: JSONObject = ["a": nil]
        #expect(object.count == 1)
        #expect(object["a"] == JSON.null)
        object["a"] = JSON?.none
        #expect(object.isEmpty)
    }

    @Test func equalityIgnoresTheOrderAndNothingElse() {
        let object: JSON = ["a": 1, "b": [1, 2]]
        #expect(object == ["b": [1, 2], "a": 1])
        #expect(object.hashValue == (["b": [1, 2], "a": 1] as JSON).hashValue)
        for other in [["a": 1], ["a": 1, "b": [2, 1]], ["a": 1, "c": [1, 2]], ["a": 1, "b": [1, 2], "c": nil]] as [JSON]
        {
            #expect(object != other)
        }
        #expect(JSON.int(1) != .double(1))
        #expect(JSON.null != false)
    }

    @Test(
        "Canonically equivalent texts are different texts",
        arguments: [("\u{E9}", "e\u{301}"), ("\u{212B}", "A\u{30A}"), ("a\u{323}\u{307}", "a\u{307}\u{323}")], [0, 20])
    func namesAreComparedByTheirBytes(pair: (String, String), others: Int) throws {
        #expect(pair.0 == pair.1, "to Swift they are the same")
        #expect(JSON.string(pair.0) != .string(pair.1))
        #expect(Set([JSON.string(pair.0), .string(pair.1)]).count == 2)
        var object = JSONObject((0..<others).map { ("n\($0)", .int(Int64($0))) })
        object[pair.0] = 1
        #expect(object[pair.1] == nil)
        object[pair.1] = 2
        #expect(object[pair.0] == 1)
        #expect(object[pair.1] == 2)
        #expect(try JSON(parsing: JSON.object(object).bytes) == .object(object))
        var swapped = object
        swapped[pair.0] = 2
        swapped[pair.1] = 1
        #expect(swapped != object)
    }

    @Test("Behaves as a list of pairs does, at every size", arguments: 0..<50 as Range<UInt64>)
    func agreesWithAList(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var object = JSONObject()
        var model: [(name: String, value: JSON)] = []
        for step in 0..<200 {
            let name = "n\(random.next() % 30)"
            let place = model.firstIndex { $0.name == name }
            #expect(object[name] == place.map { model[$0].value })
            if random.next() % 3 == 0 {
                object[name] = JSON?.none
                if let place { model.remove(at: place) }
            } else {
                let value = JSON.int(Int64(step))
                object[name] = value
                if let place { model[place].value = value } else { model.append((name, value)) }
            }
            #expect(object.names == model.map(\.name))
            #expect(object.map(\.value) == model.map(\.value))
        }
    }

    @Test func partsAreReachedByNameAndPlace() {
        let value: JSON = ["a": [1, ["b": "c"]], "n": nil]
        #expect(value["a"]?[1]?["b"]?.stringValue == "c")
        #expect(value["a"]?[0]?.intValue == 1)
        #expect(value["a"]?[2] == nil)
        #expect(value["a"]?[-1] == nil)
        #expect(value["x"] == nil)
        #expect(value["n"]?.isNull == true)
        #expect(value[0] == nil)
        #expect((1.0 as JSON).intValue == nil)
    }
}
