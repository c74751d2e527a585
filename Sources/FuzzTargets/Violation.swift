internal import Core

/// Something that must hold for a parser did not.
public struct Violation: Error, CustomStringConvertible {
    public let description: String

    init(_ sentence: String) { description = sentence }
}

func require(_ condition: Bool, _ sentence: String) throws {
    guard condition else { throw Violation(sentence) }
}

/// What was read; nil when it was refused as it should be: with an error for people, which says something.
func unlessRefused<Value>(_ read: () throws -> Value) throws -> Value? {
    do {
        return try read()
    } catch let error as SignalboxError {
        try require(!error.message.isEmpty, "an error says nothing")
        try require(error.diagnostics.allSatisfy { !$0.message.isEmpty }, "a diagnostic says nothing")
        return nil
    } catch {
        throw Violation("an error that is none of Signalbox's: \(error)")
    }
}
