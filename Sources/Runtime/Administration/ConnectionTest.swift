internal import Core
internal import HTTPClient
internal import Secrets

/// Whether somebody outside can be reached and does what is asked of it, step by step.
public struct ConnectionTest: Sendable {
    /// In the order in which they were made.
    public var checks: [Check]
    public var milliseconds: Int64

    /// Whether all is well.
    public var isFine: Bool { checks.allSatisfy { $0.state == .passed } }

    /// One of the things that must be right.
    public struct Check: Sendable, Hashable {
        public var name: Name
        public var state: State
        /// What was found, or what is wrong; nil when there is nothing to say.
        public var detail: String?
        /// What to do about it.
        public var hint: String?
    }

    /// What is looked at.
    public enum Name: String, Sendable, CaseIterable {
        /// The keys and other secrets of its settings are there.
        case secrets
        /// Its name has an address.
        case nameResolution = "name_resolution"
        /// A connection came about, or its program was started.
        case connection
        /// It takes the key.
        case authentication
        /// The model answers.
        case model
        /// It names its tools.
        case tools
    }

    public enum State: String, Sendable, CaseIterable {
        case passed, failed
        /// Something before it has failed, or hides it.
        case unknown
    }

    /// - Parameters:
    ///   - names: what is looked at, in order.
    ///   - failed: which of them failed; nil for none. Those before it have passed but for `hidden`.
    init(
        _ names: [Name], failed: Name? = nil, because error: SignalboxError? = nil, hidden: Set<Name> = [],
        found: [Name: String] = [:], milliseconds: Int64
    ) {
        let place = failed.flatMap(names.firstIndex) ?? names.count
        checks = names.enumerated().map { index, name in
            if index == place { return Check(name: name, state: .failed, detail: error?.message, hint: error?.hint) }
            let isKnown = index < place && !hidden.contains(name)
            return Check(name: name, state: isKnown ? .passed : .unknown, detail: isKnown ? found[name] : nil)
        }
        self.milliseconds = milliseconds
    }
}

extension ConnectionTest {
    /// How much is told of what somebody outside has said.
    private static let detailLengthMaximum = 600

    func redacted(by redactor: Redactor) -> ConnectionTest { redacted(redactor.redact) }

    /// What was said, changed so; only then is it cut, so that no half of a secret is left.
    func redacted(_ redact: (String) -> String) -> ConnectionTest {
        var test = self
        for place in test.checks.indices {
            test.checks[place].detail = checks[place].detail.map { String(redact($0).prefix(Self.detailLengthMaximum)) }
            test.checks[place].hint = checks[place].hint.map(redact)
        }
        return test
    }

    /// How far an exchange has come that ended with this error: what failed, and which checks before it nobody knows of.
    static func failure(_ error: SignalboxError, last: Name) -> (failed: Name, hidden: Set<Name>) {
        var root: (any Error)? = error.cause
        while let inner = root as? SignalboxError { root = inner.cause }
        switch root {
        case let transfer as TransferFailure where transfer == .notResolved: return (.nameResolution, [])
        case let transfer as TransferFailure where [.notConnected, .untrusted, .refused].contains(transfer):
            return (.connection, [])
        case let refusal as PermanentRefusal where [401, 403].contains(refusal.status): return (.authentication, [])
        case is PermanentRefusal: return (last, [])
        // It has said nothing of the key: too many requests, a fault of its own, or silence.
        case is TemporaryRefusal, is TransferFailure: return (last, [.authentication])
        default:
            let isOurs = [.configuration, .notFound, .storage].contains(error.code)
            return isOurs ? (.secrets, []) : (last, [.authentication])
        }
    }

    /// Does something for at most that long.
    /// - Throws: `SignalboxError` with code `upstream_error` when the time has passed; what the body throws.
    static func withTimeout<Value: Sendable>(
        _ duration: Duration, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                try await Task.sleep(for: duration)
                return nil
            }
            defer { group.cancelAll() }
            guard let value = try await group.next() ?? nil else {
                let seconds = Int64(duration / .seconds(1))
                throw SignalboxError(
                    .upstream, "There was no answer within \(seconds) s.", cause: TransferFailure.timedOut)
            }
            return value
        }
    }
}
