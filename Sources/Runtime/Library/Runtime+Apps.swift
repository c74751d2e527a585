internal import Core
internal import Engine
public import Plans
public import Store

/// Apps: versions of plans that were published with a description and parameters.
extension Runtime {
    /// Publishes a version of a plan as an app, in the place of what had that name.
    /// - Parameter condition: about what has that name.
    /// - Returns: whether anything is new.
    /// - Throws: `SignalboxError`: `not_found`, `conflict` for an archived plan, `invalid_input` for parameters that do not
    ///   fit the plan, `invalid_plan`, `precondition_failed`.
    public func publish(_ publication: AppPublication, if condition: VersionCondition? = nil) async throws -> Bool {
        guard PlanName.isValid(publication.name) else {
            throw SignalboxError(
                .invalidInput, "\"\(publication.name.prefix(80))\" cannot be the name of an app.",
                at: .pointer("/name"), hint: PlanName.rule)
        }
        guard try await savedPlan(publication.plan).archivedAt == nil else {
            throw SignalboxError.isArchived(publication.plan)
        }
        let row = try await plan(named: publication.plan, publication.version ?? .current)
        let plan = try plans.plan(row.source).plan
        let parameters = JSON.array(try plan.parameters(publication.parameters).map(\.json))
        let summary =
            try checked(publication.summary, "description", maximum: Limits.noteLengthMaximum) ?? plan.summary
        let author = try checked(publication.author, "author", maximum: Limits.authorLengthMaximum)
        let definition: JSON = [
            .string(publication.name), .string(row.hash.rawValue), summary.map(JSON.string) ?? nil, parameters,
        ]
        return try await journal.publish(
            AppRow(
                name: publication.name, hash: ContentHash(of: definition.bytes), summary: summary, planName: plan.name,
                planHash: row.hash, parameters: parameters.text, publishedAt: configuration.time.now,
                author: author ?? configuration.user),
            if: condition)
    }

    /// Archives an app, or brings it back.
    /// - Throws: `SignalboxError`: `not_found`, `precondition_failed`.
    public func archiveApp(_ name: String, undo: Bool = false, if condition: VersionCondition? = nil) async throws {
        do {
            try await journal.archiveApp(name, at: undo ? nil : configuration.time.now, if: condition)
        } catch let error as SignalboxError where error.code == .notFound {
            throw try await noApp(name)
        }
    }

    /// An app, also an archived one.
    /// - Throws: `SignalboxError` with code `not_found`.
    public func app(_ name: String) async throws -> AppRow {
        if let app = try await store.app(name) { return app }
        throw try await noApp(name)
    }

    /// The apps whose name or description has the text, by name.
    /// - Parameters:
    ///   - text: nil for all.
    ///   - isArchived: the archived ones instead of the others.
    public func apps(containing text: TaskSearchText?, isArchived: Bool) async throws -> [AppRow] {
        try await store.apps().filter { app in
            (app.archivedAt != nil) == isArchived
                && text.map { $0.isContained(in: app.name) || $0.isContained(in: app.summary ?? "") } ?? true
        }
    }

    private func noApp(_ name: String) async throws -> SignalboxError {
        let known = try await apps(containing: nil, isArchived: false).map(\.name)
        return SignalboxError(
            .notFound, "There is no app \"\(name.prefix(64))\".",
            hint: Suggestion.hint(for: name, among: known, called: "the apps are")
                ?? "`signalbox apps publish PLAN` makes one of a plan.")
    }

    /// What running an app with these parameters comes to.
    /// - Throws: `SignalboxError`: `not_found` for the app or a file, `conflict` when it or its plan is archived,
    ///   `invalid_input` with all mistakes in the parameters.
    func choice(ofApp name: String, _ given: [String: JSON]) async throws -> TaskChoice {
        let app = try await app(name)
        guard app.archivedAt == nil else {
            throw SignalboxError(
                .conflict, "The app \"\(name)\" is archived.",
                hint: "`signalbox apps archive --undo \(name)` brings it back.")
        }
        guard try await savedPlan(app.planName).archivedAt == nil, let row = try await store.plan(app.planHash) else {
            throw SignalboxError.isArchived(app.planName)
        }
        let executable = try await executable(row.source)
        let values = try executable.plan.values(of: given, for: try app.parameterList)
        var choice = TaskChoice(executable: executable, inputs: values.inputs)
        choice.app = name
        choice.files = try await files(
            values.files.map { TaskRequest.File(name: $0.name, hash: $0.hash) }, at: values.files.map(\.pointer))
        for (file, kept) in zip(values.files, choice.files) {
            if let input = file.input { choice.inputs[input] = .string(kept.name) }
        }
        return choice
    }
}

extension AppRow {
    /// The parameters, read.
    public var parameterList: [AppParameter] {
        get throws { try JSON(parsing: parameters).arrayValue?.map { try AppParameter($0) } ?? [] }
    }
}
