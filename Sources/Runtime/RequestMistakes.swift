internal import Core

/// What is wrong with a request, collected while it is read and checked, so that whoever sent it learns of all of it at
/// once.
struct RequestMistakes {
    private var found: [Diagnostic]
    /// The places of what could not be read.
    private let unread: [String]
    private var errors: [SignalboxError] = []

    /// - Parameter found: what is known to be wrong already.
    init(_ found: [Diagnostic] = []) {
        self.found = found
        unread = found.compactMap { if case .pointer(let pointer) = $0.place { pointer } else { nil } }
    }

    /// What `body` gives; nil when it throws what the sender can mend, which is noted.
    /// - Parameters:
    ///   - pointer: the member that is looked at, where an error has no place of its own.
    ///   - base: the member that the places of errors are relative to.
    /// - Throws: what is not the sender's mistake.
    mutating func collect<Value>(
        at pointer: String, below base: String = "", _ body: () async throws -> Value
    ) async throws -> Value? {
        do {
            return try await body()
        } catch let error as SignalboxError where Self.codes.contains(error.code) {
            note(error, at: pointer, below: base)
            return nil
        } catch var error as SignalboxError where error.code == .configuration && error.place == nil {
            // Not what is wrong with the request, but that member has led to it.
            error.place = pointer.isEmpty ? nil : .pointer(pointer)
            throw error
        }
    }

    /// What the sender can mend.
    private static let codes: [SignalboxError.Code] = [
        .invalidInput, .invalidPlan, .expression, .notFound, .conflict, .limit,
    ]

    private mutating func note(_ error: SignalboxError, at pointer: String, below base: String) {
        var placed = error
        placed.diagnostics = error.diagnostics.map { $0.below(base) }
        placed.place = error.place?.below(base) ?? (pointer.isEmpty ? nil : .pointer(pointer))
        errors.append(placed)
        let own = Diagnostic(
            error.message.hasSuffix(".") ? String(error.message.dropLast()) : error.message,
            at: placed.place ?? .pointer(pointer), hint: error.hint, remedy: error.remedy)
        for mistake in placed.diagnostics.isEmpty ? [own] : placed.diagnostics where !follows(mistake) {
            found.append(mistake)
        }
    }

    /// Whether a mistake is about what could not be read anyway.
    private func follows(_ mistake: Diagnostic) -> Bool {
        guard case .pointer(let pointer) = mistake.place else { return false }
        return unread.contains { pointer == $0 || pointer.hasPrefix($0 + "/") }
    }

    /// - Throws: `SignalboxError`: the only one as it was, else one with code `invalid_input` and all mistakes.
    func check() throws {
        if unread.isEmpty, errors.count == 1, let only = errors.first { throw only }
        guard found.isEmpty else { throw SignalboxError.mistakes(found) }
    }
}

extension Diagnostic {
    fileprivate func below(_ base: String) -> Diagnostic {
        Diagnostic(message, at: place.below(base), hint: hint, remedy: remedy)
    }
}

extension Place {
    /// The same place when the document is a member of a larger one.
    fileprivate func below(_ base: String) -> Place {
        guard case .pointer(let pointer) = self else { return self }
        return .pointer(base + pointer)
    }
}
