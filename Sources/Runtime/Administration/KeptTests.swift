public import Core
internal import Synchronization

/// What the last test of somebody outside has found.
public struct KeptTest: Sendable {
    public var test: ConnectionTest
    /// Of a provider: the model that was asked.
    public var asked: String?
    public var at: Timestamp
}

/// The last test of each. They last as long as the engine: what was tested are the settings of its start, and the next one may
/// have others.
final class KeptTests: Sendable {
    enum Kind: Sendable { case provider, toolServer }

    private struct Key: Hashable {
        var kind: Kind
        var name: String
    }

    private let tests = Mutex<[Key: KeptTest]>([:])

    subscript(_ kind: Kind, _ name: String) -> KeptTest? {
        tests.withLock { $0[Key(kind: kind, name: name)] }
    }

    /// Keeps a test in the place of the one before, unless that ended later.
    func keep(_ test: KeptTest, of kind: Kind, _ name: String) {
        tests.withLock { tests in
            let key = Key(kind: kind, name: name)
            if let known = tests[key], known.at > test.at { return }
            tests[key] = test
        }
    }
}

extension Runtime {
    /// What the last test of a provider has found since the start; nil before the first.
    public func lastTest(ofProvider name: String) -> KeptTest? { tests[.provider, name] }

    /// What the last test of an MCP server has found since the start; nil before the first.
    public func lastTest(ofToolServer name: String) -> KeptTest? { tests[.toolServer, name] }
}
