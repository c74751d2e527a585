import Core
import Providers
import Testing

@testable import Executors

/// Product §6: what a model says with a call, beside the arguments of the tool.
@Suite(.timeLimit(.minutes(1)))
struct CallDetailsTests {
    private static let tool = ToolDeclaration(name: "pay", summary: "Pays.", parameters: ["type": "object"])

    @Test(
        arguments: [
            (0, 0), (1, 1), (0.25, 0.25), (1.5, nil), (-0.1, nil), (7, nil), ("high", nil),
        ] as [(JSON, Double?)])
    func `a confidence outside of 0 to 1 is not stated`(given: JSON, stated: Double?) {
        let (arguments, details) = CallDetails.taken(from: ["sum": 5, "confidence": given], Self.tool)
        #expect(details.confidence == stated)
        #expect(arguments == ["sum": 5])
    }
}
