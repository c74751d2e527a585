import Core
import Testing

@testable import MCP

@Suite(.timeLimit(.minutes(1)))
struct ParameterHeadersTests {
    @Test(
        "The examples of the specification",
        arguments: [
            ("us-west1", "us-west1"), ("Hello, 世界", "=?base64?SGVsbG8sIOS4lueVjA==?="),
            (" padded ", "=?base64?IHBhZGRlZCA=?="), ("line1\nline2", "=?base64?bGluZTEKbGluZTI=?="),
            ("=?base64?literal?=", "=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?="), ("", ""), ("a", "a"),
        ])
    func values(text: String, encoded: String) {
        #expect(HeaderValue.encode(text) == encoded)
    }

    @Test func argumentsAreMirrored() throws {
        let schema: JSON = [
            "type": "object",
            "properties": [
                "region": ["type": "string", "x-mcp-header": "Region"],
                "deep": ["type": "object", "properties": ["on": ["type": "boolean", "x-mcp-header": "On"]]],
                "count": ["type": "integer", "x-mcp-header": "Count"], "x-mcp-header": ["type": "string"],
            ],
        ]
        let headers = try ParameterHeaders(inputSchema: schema)
        let found = headers.values(in: ["region": "eu", "deep": ["on": true], "count": nil, "x-mcp-header": "no"])
        #expect(found.map(\.name) == ["Mcp-Param-Region", "Mcp-Param-On"])
        #expect(found.map(\.value) == ["eu", "true"])
        #expect(headers.values(in: ["count": .int(1 << 60), "deep": 3]).isEmpty)
    }

    @Test(
        "What the specification forbids",
        arguments: [
            #"{"properties":{"a":{"type":"string","x-mcp-header":""}}}"#,
            #"{"properties":{"a":{"type":"string","x-mcp-header":"a b"}}}"#,
            #"{"properties":{"a":{"type":"string","x-mcp-header":"A\r\nB"}}}"#,
            #"{"properties":{"a":{"type":"string","x-mcp-header":7}}}"#,
            #"{"properties":{"a":{"type":"number","x-mcp-header":"A"}}}"#,
            #"{"properties":{"a":{"x-mcp-header":"A"}}}"#,
            #"{"properties":{"a":{"type":"string","x-mcp-header":"A"},"b":{"type":"string","x-mcp-header":"a"}}}"#,
            #"{"properties":{"a":{"type":"array","items":{"type":"string","x-mcp-header":"A"}}}}"#,
            #"{"allOf":[{"properties":{"a":{"type":"string","x-mcp-header":"A"}}}]}"#,
            #"{"$defs":{"a":{"type":"string","x-mcp-header":"A"}}}"#,
            #"{"type":"string","x-mcp-header":"A"}"#,
        ])
    func forbidden(schema: String) throws {
        let json = try JSON(parsing: schema)
        #expect(throws: Fault.self) { try ParameterHeaders(inputSchema: json) }
    }
}
