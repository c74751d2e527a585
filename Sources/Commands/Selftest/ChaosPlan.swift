internal import Client
internal import Core

/// What the server works on while it is killed: requests to the ledger, one after the other and two at once, with
/// computed steps between them.
enum ChaosPlan: Sendable {
    /// All steps, and whether each tells the ledger that it happens.
    static let steps: [(name: String, isRecorded: Bool)] = [
        ("reserve", true), ("price", false), ("left", true), ("right", true), ("sum", false), ("close", true),
    ]

    /// The ledger adds one to each number it is told.
    private static let text = """
        name: chaos
        inputs: { ledger: string, key: string, start: integer }
        steps:
          reserve:
            http:
              method: POST
              url: "${{ inputs.ledger }}/ledger/${{ inputs.key }}/reserve"
              body: { value: "${{ inputs.start }}" }
            repeatable: true
          price:
            set: { value: "${{ steps.reserve.output.body.value * 2 }}" }
          left:
            http:
              method: POST
              url: "${{ inputs.ledger }}/ledger/${{ inputs.key }}/left"
              body: { value: "${{ steps.price.output.value }}" }
            repeatable: true
          right:
            http:
              method: POST
              url: "${{ inputs.ledger }}/ledger/${{ inputs.key }}/right"
              body: { value: "${{ steps.price.output.value }}" }
            repeatable: true
          sum:
            set: { value: "${{ steps.left.output.body.value + steps.right.output.body.value }}" }
          close:
            http:
              method: POST
              url: "${{ inputs.ledger }}/ledger/${{ inputs.key }}/close"
              body: { value: "${{ steps.sum.output.value }}" }
            repeatable: true
        outputs:
          value: "${{ steps.close.output.body.value }}"
        """

    /// The output of a task that began with that number, computed without Signalbox.
    static func result(start: Int64) -> Int64 { ((start + 1) * 2 + 1) * 2 + 1 }

    /// A request for one task. Its name is the key, by which all that is heard of it is put together.
    static func submission(key: String, start: Int64, ledger: String) -> TaskSubmission {
        TaskSubmission(
            plan: .document(path: "chaos.yaml", text: text, files: [:]),
            inputs: ["ledger": .string(ledger), "key": .string(key), "start": .int(start)], name: key,
            idempotencyKey: key)
    }
}
