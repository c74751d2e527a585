import Testing

/// The targets of Package.swift, from its text: the manifest is the truth, so it is not repeated here.
struct Manifest {
    struct Target: Sendable, CustomTestStringConvertible {
        let name: String
        let uses: [String]
        let isTest: Bool

        var folder: String { (isTest ? "Tests/" : "Sources/") + name }
        var testDescription: String { name }
    }

    /// In the order of the manifest, lowest room first.
    let targets: [Target]
    /// The upcoming features it turns on.
    let upcomingFeatures: [String]

    static func read() throws -> Manifest { Manifest(text: try Repository.text(of: "Package.swift")) }

    init(text: String) {
        let list = text.split(separator: "targets: [\n", maxSplits: 1).last ?? ""
        targets = ["room(", "tests(", ".executableTarget("].flatMap { call in
            Self.calls(of: call, in: list).map { arguments in
                let own = arguments.split(separator: "excluding:", maxSplits: 1).first ?? ""
                let names = Self.quoted(own)
                let isTest = call == "tests("
                return (
                    place: arguments.startIndex,
                    target: Target(
                        name: names.first ?? "", uses: names.dropFirst() + (isTest ? ["TestSupport"] : []),
                        isTest: isTest)
                )
            }
        }.sorted { $0.place < $1.place }.map(\.target)
        let features = text.split(separator: "let upcomingFeatures = [", maxSplits: 1).last ?? ""
        upcomingFeatures = Self.quoted(features.prefix { $0 != "]" })
    }

    /// The arguments of each call that stands at the beginning of a line.
    private static func calls(of call: String, in text: Substring) -> [Substring] {
        text.split(separator: "\n").compactMap { line in
            guard line.drop(while: { $0 == " " }).hasPrefix(call) else { return nil }
            var depth = 0
            let end = text[line.startIndex...].firstIndex { character in
                if character == "(" { depth += 1 }
                if character == ")" { depth -= 1 }
                return character == ")" && depth == 0
            }
            return end.map { text[line.startIndex..<$0] }
        }
    }

    /// The texts between double quotes.
    private static func quoted(_ text: Substring) -> [String] {
        text.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 }.map { String($0.element) }
    }
}
