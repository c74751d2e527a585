import Core
import Testing

@testable import Runtime

/// Product §1: a name of at most 80 characters, made from the first words somebody gave.
@Suite(.timeLimit(.minutes(1)))
struct TaskNameTests {
    private static let long = "complaints: The reading lamp came with a broken shade. I would like my money back."

    private static func letters(_ count: Int) -> String { String(repeating: "a", count: count) }

    private static let cases: [(text: String, name: String)] = [
        ("Sum the invoices", "Sum the invoices"),
        (long, "complaints: The reading lamp came with a broken shade. I would like my money…"),
        // Exactly as long as may be, one longer, and one whose cut falls between two words.
        (letters(80), letters(80)),
        (letters(81), letters(79) + "…"),
        (letters(79) + " bcd", letters(79) + "…"),
        // No comma before the mark, and a far word's end is no reason to throw much away.
        (letters(75) + ", bcdefgh", letters(75) + "…"),
        ("b " + letters(90), "b " + letters(77) + "…"),
        // One character is what a person takes for one.
        (String(repeating: "👩‍👩‍👧", count: 81), String(repeating: "👩‍👩‍👧", count: 79) + "…"),
    ]

    @Test(arguments: cases)
    func `a long text ends with a whole word and a mark`(text: String, name: String) {
        #expect(TaskName.shortened(text) == name)
        #expect(name.count <= Limits.taskNameLengthMaximum)
    }
}
