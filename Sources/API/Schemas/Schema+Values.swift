internal import Core
internal import Engine

/// What many answers have in them.
extension Schema {
    static let money = Schema.object(["amount": .text.saying("So that no reader rounds it."), "currency": .text])
        .named("Money")
    /// Null when the price of something in it is not known.
    static let cost = money.orNull
    /// Where `cost` is null.
    static let knownCost = money.saying("What is known of `cost`, where that is null: at least so much.")
    /// By kind, with their `total`.
    static let tokens = Schema.map(of: .count).named("Tokens")
    static let status = Schema.word(TaskStatus.self)
    static let planReference = Schema.object(["name": .text, "hash": .hash])
    static let taskNumber = Schema.integer.with("minimum", 1)
    /// What a client calls a task by.
    static let taskReference = Schema.any(of: .integer, .text)
    static let position = Schema.count.saying("How far the journal had come.")
    static let file = Schema.object(["name": .text, "type": .text, "size": .count, "sha256": .hash, "url": .text])
        .named("File")
    static let difference = Schema.object(["pointer": .text], optional: ["a": .anything, "b": .anything])
        .named("Difference")
    /// Objects whose members are told elsewhere, or differ by kind.
    static let wait = Schema.object(
        ["reason": .text],
        optional: [
            "step": .text, "sentence": .text, "since": .time, "until": .time,
            "blocker": .object(optional: ["task": .taskNumber, "request": .text, "signal": .text, "key": .text]),
        ]
    ).named("Wait")
}
