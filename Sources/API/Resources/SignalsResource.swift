internal import Core
internal import HTTPServer
internal import Runtime
internal import Store

/// `/api/signals/{name}`: events from outside, for steps that wait for them.
struct SignalsResource: Sendable {
    let runtime: Runtime

    var operations: [Operation] {
        [
            Operation(
                .post, "/api/signals/{name}", "sendSignal", "Tells a step that waits for it of an event from outside.",
                parameters: [Self.name], body: .optionalJSON(Self.body), answers: [Self.delivered, Self.kept],
                problems: [.conflict], perform: deliver)
        ]
    }

    private static let name = Parameter.path("name", "The name of the signal.")
    private static let body = Schema.input(optional: ["key": .text, "payload": .anything]).named("Signal")
    private static let delivered = Answer.json(
        "The step that has waited longest has got it.",
        .object(["delivered": .isTrue, "task": .taskNumber, "step": .text]))
    private static let kept = Answer.json(
        "It is kept for the first step that will wait for it.", .object(["kept": .isTrue]), status: .accepted)

    private func deliver(_ call: Call) async throws -> Response {
        var reader = try ObjectReader(try call.json())
        let key = reader.string("key") ?? ""
        let payload = reader.value("payload") ?? .null
        try reader.finish()
        let receipt = try await runtime.signal(try call[Self.name], key: key, payload: payload)
        guard let task = receipt.task, let step = receipt.step else {
            return .json(["kept": true], status: .accepted)
        }
        return .json(["delivered": true, "task": .int(task.rawValue), "step": .string(step.rawValue)])
    }
}
