internal import Core
internal import Plans
internal import Runtime

/// Plans and apps.
extension Schema {
    /// `PlanVersionRow.json`
    static let plan = Schema.object(planMembers, optional: planOptions).named("Plan")

    /// `PlanRow.json`
    static let planDetail = Schema.object(
        planMembers.and(["text": .text, "files": .map(of: .text)]),
        optional: planOptions.and(["document": .anything.saying("What the text says.")])
    ).named("PlanDetail")

    /// `PlanComparison.json`
    static let planComparison = comparison(of: .plan).named("PlanComparison")

    /// `VersionComparison.json(_:)`
    static func comparison(of version: Schema) -> Schema {
        .object(
            [
                "from": version, "to": version,
                "text": .text.orNull.saying(
                    "Both with their files in the unified format of `diff`; null when they are the same."),
                "differences": .array(of: .difference).saying("Where they say something else."),
            ], optional: ["more_differences": .isTrue])
    }

    /// A plan or an agent that is saved.
    static func submission(of thing: String) -> Schema {
        Schema.input(
            optional: [
                "text": .text.saying("YAML or JSON."),
                thing: .anyObject.saying("The \(thing) itself, in the place of `text`."),
                "path": .text, "files": .map(of: .text).saying("The files that it names, by their path."),
                "author": author, "note": note,
            ]
        ).with("anyOf", [["required": ["text"]], ["required": [.string(thing)]]])
            .named(thing == "plan" ? "PlanSubmission" : "AgentSubmission")
    }

    /// `AppRow.json`
    static let app = Schema.object(
        [
            "name": .text, "hash": .hash, "plan": .planReference, "parameters": .array(of: parameter),
            "published": .time,
        ], optional: ["description": .text, "author": .text, "archived": .time]
    ).named("App")

    /// What is asked for when an app is published.
    static let appPublication = Schema.input(
        ["name": .text, "plan": .text],
        optional: [
            "version": .planVersion, "description": note, "author": author,
            "parameters": .array(
                of: .input(
                    ["name": .text],
                    optional: [
                        "type": .word(AppParameter.Kind.self), "description": .text, "required": .boolean,
                        "default": .anything, "choices": .array(of: .anything), "input": .text,
                    ])
            ).saying(
                "Without them there is one for each input of the plan; what one leaves out follows from its input."),
        ]
    ).named("AppPublication")

    /// What is asked for when an app is run.
    static let appRun = Schema.input(
        optional: [
            "parameters": .anyObject.saying("Values by name; a file as its `name` and `sha256`."), "name": name,
            "tags": tags, "model": .text, "trigger": .trigger, "limits": limits, "priority": priority,
        ]
    ).named("AppRun")

    private static let parameter = Schema.object(
        ["name": .text, "type": .word(AppParameter.Kind.self), "required": .boolean],
        optional: [
            "description": .text, "default": .anything, "choices": .array(of: .anything),
            "input": .text.saying("The input of the plan that gets the value; of a file its name."),
        ]
    ).named("AppParameter")

    private static let author = Schema.text(0...Limits.authorLengthMaximum)
    private static let note = Schema.text(0...Limits.noteLengthMaximum)
    private static let planMembers: KeyValuePairs<String, Schema> = [
        "name": .text, "hash": .hash, "saved": .time, "path": .text,
    ]
    private static let planOptions: KeyValuePairs<String, Schema> = [
        "description": .text, "author": .text, "note": .text.saying("What is new in this version."),
        "current": .hash.saying("The version that runs: the published one, else the latest."),
        "published": .hash, "archived": .time, "outcome": .saving, "savings": .savings,
    ]
}

extension Schema {
    static let savings = Schema.array(of: .object(["saved": .time], optional: ["author": .text, "note": .text]))
        .saying(
            "In lists of versions: each time that it was saved, the last \(Limits.savingsToldMaximum), the last first.")
    static let saving = Schema.word(Saving.allCases.map(\.rawValue))
        .saying(
            "In the answer to saving it: whether it is new, was saved again (it is the latest now, or something else is said of it), or was the latest already."
        )
}
