import Core
import Plans
import Testing

/// What the text of a plan says, whatever it is written in.
@Suite(.timeLimit(.minutes(1)))
struct DocumentValueTests {
    @Test func `YAML and JSON that say the same have the same value`() {
        let yaml = PlanSource(path: "p", text: "# A comment\nname: p # another\nlimits: { turns: 3 }\n")
        let json = PlanSource(path: "p", text: #"{"name": "p", "limits": {"turns": 3}}"#)
        #expect(yaml.document == json.document)
        #expect(json.document?["limits"]?["turns"] == 3)
    }

    @Test func `A text that is none has no value`() {
        #expect(PlanSource(path: "p", text: "a: [").document == nil)
    }
}
