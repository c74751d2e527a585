import Core
import TestSupport
import Testing

@testable import Executors

/// What is said of an answer that is not what the step asks for.
@Suite(.timeLimit(.minutes(1)))
struct StructuredAnswerTests {
    private static let schema: JSON = [
        "type": "object", "required": ["total"], "additionalProperties": false,
        "properties": [
            "total": ["type": "integer"],
            "lines": [
                "type": "array",
                "items": ["type": "object", "required": ["name"], "properties": ["name": ["type": "string"]]],
            ],
        ],
    ]

    @Test(arguments: [
        (
            "{\"total\": \"12\"}",
            "The answer does not fit what the step asks for: \"total\" must be a whole number, not a string (write 12 without quotes)."
        ),
        (
            "{\"total\": 1.5}",
            "The answer does not fit what the step asks for: \"total\" must be a whole number, not 1.5."
        ),
        ("[]", "The answer does not fit what the step asks for: it must be an object, not an array."),
        (
            "{\"total\": 1, \"lines\": [{\"name\": 3}]}",
            "The answer does not fit what the step asks for: \"name\" must be a string, not an integer (at /lines/0/name)."
        ),
        (
            "Sure! The total is 3.",
            "The answer is a text, and the step asks for JSON. It begins: \"Sure! The total is 3.\""
        ),
        ("", "The answer is empty, and the step asks for JSON."),
        ("```json\n```", "The answer is empty, and the step asks for JSON."),
    ])
    func `it is a sentence for people`(text: String, expected: String) {
        let error = #expect(throws: SignalboxError.self) { try StructuredAnswer.read(text, as: Self.schema) }
        #expect(error?.message == expected)
    }

    @Test func `of broken JSON the place is told`() {
        let error = #expect(throws: SignalboxError.self) {
            try StructuredAnswer.read("{\"total\":\n  }", as: Self.schema)
        }
        #expect(error?.code == .invalidJSON)
        #expect(
            error?.message.hasPrefix("The answer is not the JSON that the step asks for: in line 2, column 3: ") == true
        )
    }

    @Test func `of many mistakes the first are told`() {
        let members = (0..<8).map { ("x\($0)", JSON.int(1)) }
        let error = #expect(throws: SignalboxError.self) {
            try StructuredAnswer.read(
                JSON.object(JSONObject([("total", 1)] + members)).text, as: Self.schema)
        }
        #expect(error?.message.hasSuffix("; and 3 more.") == true)
        #expect(throws: Never.self) { try StructuredAnswer.read("```json\n{\"total\": 3}\n```", as: Self.schema) }
    }
}
