import HTTPServer
import Testing

/// `If-Match` and `If-None-Match` as RFC 9110 §13.1 writes them.
@Suite(.timeLimit(.minutes(1)))
struct EntityTagTests {
    struct Case: Sendable {
        var text: String
        var tags: EntityTags
    }

    @Test(arguments: [
        Case(text: "*", tags: .any), Case(text: " * ", tags: .any),
        Case(text: "\"a\"", tags: .these(strong: ["a"], weak: [])),
        Case(text: "\"a\", W/\"b\",\"c,d\"", tags: .these(strong: ["a", "c,d"], weak: ["b"])),
        Case(text: "\"\"", tags: .these(strong: [""], weak: [])),
        Case(text: "", tags: .these(strong: [], weak: [])), Case(text: "a", tags: .these(strong: [], weak: [])),
        Case(text: "\"a", tags: .these(strong: [], weak: [])), Case(text: "a\"", tags: .these(strong: [], weak: [])),
    ])
    func `Tags are read`(example: Case) {
        #expect(EntityTags(example.text) == example.tags)
    }

    @Test func `The weak comparison takes both kinds`() {
        let tags = EntityTags("\"a\", W/\"b\"")
        #expect(tags.contains("a") && tags.contains("b") && !tags.contains("c"))
        #expect(EntityTags.any.contains("c"))
    }
}
