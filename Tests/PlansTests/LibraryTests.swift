import Core
import Plans
import Testing

/// Agents as documents of their own, and plans that use them.
@Suite(.timeLimit(.minutes(1)))
struct LibraryTests {
    private static let document = """
        name: clerk
        description: Reads invoices.
        model: script/answers.yaml
        system: Task ${{ task.number }}. Be brief.
        thinking: low
        tools: [recall]
        limits: { turns: 7 }
        """
    private static let answers = ["answers.yaml": "answers: [{ text: a }]"]
    private static let using = """
        name: p
        agents:
          reader: { library: clerk, limits: { turns: 3 }, temperature: 0.5 }
          other: { model: a/b }
        steps:
          read: { agent: reader, prompt: x }
          look: { agent: other, prompt: x }
        """

    private static func agent(_ text: String = document) throws -> LibraryAgent {
        try AgentReader.read(PlanSource(path: "clerk.yaml", text: text, files: answers))
    }

    private static func used(_ text: String = using, as reference: String = "clerk") throws -> Plan {
        let reference = try #require(LibraryReference(reference))
        let source = PlanSource(path: "plan.yaml", text: text).bringing(try agent().source, for: reference)
        return try PlanReader.read(source)
    }

    @Test func anAgentIsReadFromItsDocument() throws {
        let agent = try Self.agent()
        #expect(agent.name == "clerk")
        #expect(agent.summary == "Reads invoices.")
        #expect(agent.definition.model == "script/answers.yaml")
        #expect(agent.definition.limits.turns == 7)
        #expect(agent.hash == agent.source.hash)
        #expect(try Self.agent(Self.document + "\n").hash != agent.hash)
    }

    @Test(arguments: [
        ("model: a/b", "the agent has no \"name\""), ("name: 1x", "cannot be the name of an agent"),
        ("name: a\nlibrary: b", "an agent has no key \"library\""), ("name: a\nsteps: {}", "has no key \"steps\""),
        ("name: a\nsystem: ${{ inputs.x }}", "an agent of the library knows no \"inputs\""),
        ("name: a\nsystem: ${{ steps.x.output }}", "an agent of the library knows no \"steps\""),
        ("name: a\nsystem: ${{ task.nmae }}", "\"task\" has no \"nmae\""),
        ("name: a\nmodel: script/none.yaml", "there is no file \"none.yaml\""), ("", "the document is empty"),
    ])
    func mistakesAreFound(text: String, message: String) throws {
        let error = try failure { try Self.agent(text) }
        #expect(error.code == .invalidPlan)
        #expect(error.diagnostics.contains { $0.message.contains(message) }, "\(error)")
    }

    @Test func whatItMayReferToIsSaid() throws {
        let error = try failure { try Self.agent("name: a\nsystem: ${{ inputs.x }}") }
        let hint = try #require(error.diagnostics.first?.hint)
        #expect(hint.contains("task.id, task.number, task.name, task.files, task.created; let the plan"))
    }

    @Test func consentToToolsThatThePlanTakesAwayMeansNothing() throws {
        let document = "name: clerk\nmodel: a/b\ntools: [http, { mcp: stock }]\nconsent: [http, stock__reserve]\n"
        let reference = try #require(LibraryReference("clerk"))
        func names(_ keys: String) throws -> [String]? {
            let text = "name: p\nagents: { a: { library: clerk\(keys) } }\nsteps: { s: { agent: a, prompt: x } }\n"
            let source = PlanSource(path: "plan.yaml", text: text)
            return try PlanReader.read(source.bringing(try Self.agent(document).source, for: reference))
                .agents.first?.namesInConsent
        }
        #expect(try names("") == ["http", "stock__reserve"])
        #expect(try names(", tools: [http]") == ["http"])
        #expect(try names(", tools: [{ mcp: stock, only: [count] }]") == [])
    }

    @Test func aPlanIsReadWithoutTheLibraryWhateverItsConsentNames() throws {
        let agent = "{ library: clerk, consent: [http] }"
        let text = "name: p\nagents: { a: \(agent) }\nsteps: { s: { agent: a, prompt: x } }\n"
        #expect(try plan(text).missingAgents.map(\.text) == ["clerk"])
    }

    @Test func whatThePlanSaysComesOverWhatTheLibrarySays() throws {
        let plan = try Self.used()
        #expect(plan.missingAgents.isEmpty)
        let reader = try #require(plan.agent(named: "reader"))
        #expect(reader.library == LibraryReference(name: "clerk"))
        #expect(reader.memoryName(inPlan: plan.name) == "clerk")
        #expect(reader.limits.turns == 3)
        #expect(reader.temperature == 0.5)
        #expect(reader.thinking == .low)
        #expect(reader.tools.count == 1)
        // Its script is found among the plan's files.
        let script = try #require(reader.model?.dropFirst("script/".count))
        #expect(plan.source.files[String(script)] == Self.answers["answers.yaml"])
        #expect(plan.agent(named: "other")?.memoryName(inPlan: plan.name) == "p.other")
    }

    @Test func aPlanIsReadWithoutTheLibraryAndSaysWhatItMisses() throws {
        let hash = try Self.agent().hash
        let text = Self.using.replacing("other: { model: a/b }", with: "other: { library: clerk@\(hash.rawValue) }")
        let plan = try plan(text)
        #expect(
            plan.missingAgents == [LibraryReference(name: "clerk"), LibraryReference(name: "clerk", version: hash)])
        #expect(try plan.hash != Self.used().hash)
    }

    @Test func whatARunPlanMissesThePlanMisses() throws {
        let child = "name: c\nagents: { a: { library: clerk } }\nsteps: { s: { agent: a, prompt: x } }"
        let text = "name: p\nsteps: { s: { task: parts/c.yaml } }"
        let alone = try plan(text, files: ["parts/c.yaml": child])
        #expect(alone.missingAgents == [LibraryReference(name: "clerk")])
        let source = alone.source.bringing(try Self.agent().source, for: LibraryReference(name: "clerk"))
        #expect(try PlanReader.read(source).missingAgents.isEmpty)
        #expect(try PlanReader.read(try #require(source.child(file: "parts/c.yaml"))).missingAgents.isEmpty)
    }

    @Test(arguments: ["clerk@", "clerk@12ab", "2clerk", "a b", "@"])
    func whatNamesNoAgentIsRefused(reference: String) throws {
        let found = mistakes(in: Self.using.replacing("library: clerk", with: "library: \"\(reference)\""))
        #expect(found.first?.contains("does not name an agent of the library") == true, "\(found)")
    }

    @Test func anotherAgentThanTheOneNamedIsRefused() throws {
        let version = String(repeating: "0", count: 64)
        let text = Self.using.replacing("library: clerk", with: "library: clerk@\(version)")
        for (text, reference) in [
            (text, "clerk@\(version)"), (Self.using.replacing("library: clerk", with: "library: boss"), "boss"),
        ] {
            let error = try failure { try Self.used(text, as: reference) }
            #expect(error.diagnostics.first?.message.contains("another agent than") == true)
        }
    }

    @Test func noFileBesideAPlanPassesForAnAgentOfTheLibrary() throws {
        let text =
            "name: p\nagents: { a: { model: \"script/library:clerk/answers.yaml\" } }\n"
            + "steps: { s: { agent: a, prompt: x } }"
        let error = try failure { try Self.used(text) }
        #expect(error.diagnostics.first?.message.contains("is not a path below the plan's directory") == true)
    }

    @Test func onlyStepsOfTheAgentChangeWithItsVersion() throws {
        let reference = LibraryReference(name: "clerk")
        func fingerprints(_ text: String) throws -> [ContentHash] {
            let source = PlanSource(path: "plan.yaml", text: Self.using)
                .bringing(try Self.agent(text).source, for: reference)
            return try PlanReader.read(source).steps.map(\.fingerprint)
        }
        let before = try fingerprints(Self.document)
        let after = try fingerprints(Self.document.replacing("brief", with: "long"))
        #expect(before[0] != after[0])
        #expect(before[1] == after[1])
    }
}
