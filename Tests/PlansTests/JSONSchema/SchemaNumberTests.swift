import Core
import Plans
import Testing

/// Numbers count as they are written, without the rounding of doubles.
@Suite(.timeLimit(.minutes(1)))
struct SchemaNumberTests {
    @Test(arguments: [
        (
            #"{"multipleOf": 0.01}"#, ["0.07", "1.1", "19.99", "4.35", "1e2", "0", "-0.03", "1e300"],
            ["0.075", "1e-3", "4.355"]
        ),
        (#"{"multipleOf": 0.1}"#, ["0.3", "0.7", "1e17"], ["0.35"]),
        (#"{"multipleOf": 3}"#, ["9223372036854775806", "-9", "3.0"], ["9223372036854775807", "1e308", "3.1"]),
        (#"{"multipleOf": 1e-8}"#, ["12391239123", "5e-8"], ["5e-9", "5e-324"]),
        (#"{"multipleOf": 1e300}"#, ["0", "2e300"], ["1", "9223372036854775807", "1e299"]),
        (#"{"maximum": 9007199254740992}"#, ["9007199254740992", "9007199254740992.0"], ["9007199254740993"]),
        (
            #"{"exclusiveMaximum": 9223372036854775807}"#, ["9223372036854775806"],
            ["9223372036854775807", "9223372036854775808"]
        ),
        (#"{"minimum": -9223372036854775808}"#, ["-9223372036854775808", "-9.2e18"], ["-1e19"]),
        (#"{"minimum": 2.5}"#, ["3", "2.5"], ["2"]),
        (#"{"exclusiveMinimum": -2.5}"#, ["-2"], ["-3", "-2.5"]),
        (#"{"type": "integer"}"#, ["1", "1.0", "-0.0", "1e308"], ["1.5", "1e-1"]),
        (#"{"const": 1}"#, ["1.0", "1"], ["1.0000000000000002", "true"]),
        (#"{"enum": [2.0, {"a": [1]}]}"#, ["2", #"{"a": [1.0]}"#], ["3", #"{"a": [2]}"#]),
        (#"{"const": 9007199254740993}"#, ["9007199254740993"], ["9007199254740992.0"]),
        (
            #"{"uniqueItems": true}"#, ["[1, true, \"1\"]", "[9007199254740993, 9007199254740992.0]"],
            ["[1, 1.0]", #"[{"a": 1, "b": 2}, {"b": 2.0, "a": 1}]"#]
        ),
        (#"{"minLength": 2.0, "maxLength": 2}"#, [#""🐲🐲""#, #""e\u0301""#, "12"], [#""\u00e9""#, #""a""#, #""abc""#]),
    ])
    func exactness(schema: String, fits: [String], others: [String]) throws {
        let schema = try JSONSchema(try JSON(parsing: schema))
        #expect(try fits.filter { try !schema.isValid(JSON(parsing: $0)) } == [])
        #expect(try others.filter { try schema.isValid(JSON(parsing: $0)) } == [])
    }
}
