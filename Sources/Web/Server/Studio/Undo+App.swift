internal import Core
internal import Plans
internal import Runtime
internal import Store

extension Undo {
    /// Takes the publication of an app back, if nobody has changed it since: a new one is archived, a changed one is published
    /// as it was before. Nil for one that was archived before, or was of another plan.
    /// The form has the hash of what the app was: it goes with a header of the answer, which must not become long.
    init?(publicationOf app: AppRow, before: AppRow?) throws {
        let path = DocumentKind.plan.path(app.planName, "app")
        var fields = ["app": app.name, "seen": app.hash.rawValue]
        guard let before else {
            self.init("\(path)/archive", fields)
            return
        }
        guard before.archivedAt == nil, before.planName == app.planName else { return nil }
        let earlier: JSON = [
            "version": .string(before.planHash.rawValue), "description": .string(before.summary ?? ""),
            "parameters": try JSON(parsing: before.parameters),
        ]
        fields["before"] = EarlierApps.shared.keep(earlier).rawValue
        self.init("\(path)/earlier", fields)
    }
}

extension AppPublication {
    /// What an app was before a change, as `Undo` has kept it.
    /// - Throws: `SignalboxError` with code `invalid_input` for anything else, `gone` when it is not kept any more.
    init(earlier text: String?, name: String, plan: String) throws {
        guard let earlier = try text.flatMap({ ContentHash(rawValue: $0) }).flatMap({ try EarlierApps.shared.app($0) })
        else {
            throw SignalboxError(.gone, "Nothing was taken back: what the app was before is not kept any more.")
        }
        guard let version = earlier["version"]?.stringValue, let parameters = earlier["parameters"]?.arrayValue else {
            throw SignalboxError(.invalidInput, "Nothing says what the app was before.")
        }
        self.init(
            name: name, plan: plan, version: .digits(version), summary: earlier["description"]?.stringValue,
            parameters: try parameters.map { AppParameterDraft(try AppParameter($0)) })
    }
}

extension AppParameterDraft {
    fileprivate init(_ parameter: AppParameter) {
        self.init(
            name: parameter.name, kind: parameter.kind, summary: parameter.summary, isRequired: parameter.isRequired,
            defaultValue: parameter.defaultValue, choices: parameter.choices.isEmpty ? nil : parameter.choices,
            input: parameter.input)
    }
}
