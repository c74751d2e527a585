import Core
import Plans
import Testing

@Suite(.timeLimit(.minutes(1)))
struct SchemaFormatTests {
    @Test(arguments: [
        ("date", ["2024-02-29", "1999-12-31"], ["2023-02-29", "2024-13-01", "2024-1-1", "٢٠٢٤-٠١-٠١", ""]),
        (
            "time", ["08:30:06Z", "23:59:60Z", "01:29:60+01:30", "22:59:60.5-01:00"],
            ["24:00:00Z", "12:00:60Z", "12:00:00", "1:2:3Z"]
        ),
        (
            "date-time", ["2024-02-29t08:30:06.283185z"],
            ["2024-02-30T08:30:06Z", "2024-02-29 08:30:06Z", "2024-02-29", "é".repeated(9)]
        ),
        ("duration", ["P1Y2M3DT4H5M6S", "PT36H", "P3W", "P1M"], ["P", "PT", "P1W1D", "P1YT", "1D"]),
        (
            "email", ["joe@example.com", "a+b.c@[127.0.0.1]", #""joe bloggs"@example.com"#],
            ["joe", "@x", "a..b@x.com", "a@-x.com"]
        ),
        ("hostname", ["a", "www.example.com", "1.2.3"], ["-a", "a..b", "", "a".repeated(64), "ex_ample.com"]),
        ("ipv4", ["192.0.2.1"], ["192.0.2", "192.0.2.256", "192.0.2.01", "192.0.2.1\u{0}"]),
        ("ipv6", ["::1", "2001:db8::ffff:192.0.2.1"], ["1::2::3", "::g", "fe80::1%eth0"]),
        (
            "uri", ["https://u:p@example.com:80/a?b#c", "urn:x:y", "mailto:a@b"],
            ["//x", "a b:c", "http://x:y/", "http://[::1", "x"]
        ),
        ("uri-reference", ["//x/y", "a/b", "#a", "", "../a?b"], ["\\a", "1:b", "#a b"]),
        (
            "uuid", ["123E4567-e89b-42d3-a456-426614174000"],
            ["123e4567e89b42d3a456426614174000", "123e4567-e89b-42d3-a456-42661417400g"]
        ),
        ("json-pointer", ["", "/a~1b/0"], ["a", "/~2"]),
        ("unheard-of", ["anything"], []),
    ])
    func assertedFormats(format: String, fits: [String], others: [String]) throws {
        let schema = try JSONSchema(["format": .string(format)], assertsFormats: true)
        #expect(fits.filter { !schema.isValid(.string($0)) } == [])
        #expect(others.filter { schema.isValid(.string($0)) } == [])
        #expect(schema.isValid(12))
        // The draft takes them for notes.
        #expect(try others.filter { try !JSONSchema(["format": .string(format)]).isValid(.string($0)) } == [])
    }

    /// The draft knows no bounds of integers; what somebody has given must not be rounded.
    @Test(arguments: [
        ("9223372036854775807", true), ("9223372036854775808", false), ("-9223372036854775808", true),
        ("-9223372036854775809", false), ("1e300", false), ("3.0", true),
    ])
    func integersAreThoseThat64BitsHold(text: String, isHeld: Bool) throws {
        let integer: JSON = ["properties": ["lines": ["items": ["type": ["integer", "null"]]]]]
        let value: JSON = ["lines": [try JSON(parsing: text)]]
        #expect(try JSONSchema(integer, assertsFormats: true).isValid(value) == isHeld)
        #expect(try JSONSchema(integer).isValid(value))
        #expect(try JSONSchema(["type": ["integer", "number"]], assertsFormats: true).isValid(JSON(parsing: text)))
    }

    @Test func anExampleIsGiven() throws {
        let found = try JSONSchema(["format": "date"], assertsFormats: true).validate("31.12.2026")
        #expect(found.map(\.message) == [#"the value must be a date, not "31.12.2026""#])
        #expect(found.map(\.hint) == ["such as 2026-02-28"])
    }
}

extension String {
    fileprivate func repeated(_ count: Int) -> String { String(repeating: self, count: count) }
}
