internal import Core
internal import Engine
internal import Plans
internal import Store

extension Runtime {
    /// The plan that free instructions become, and its inputs.
    /// - Parameter agent: of the library, which is to follow them; nil to let the planner choose.
    /// - Throws: `SignalboxError`: `invalid_input`, or `not_found` for an unknown agent.
    func plan(
        forPrompt prompt: String, agent: String?
    ) async throws -> (executable: ExecutablePlan, inputs: [String: JSON]) {
        guard !prompt.trimmed.isEmpty else {
            throw SignalboxError(.invalidInput, "Say what is to be done.", at: .pointer("/prompt"))
        }
        guard prompt.utf8.count <= Limits.promptBytesMaximum else {
            throw SignalboxError(
                .invalidInput,
                "Instructions have at most \(Int64(Limits.promptBytesMaximum).grouped) bytes.",
                at: .pointer("/prompt"), hint: "Give what is longer as a file.")
        }
        let inputs: [String: JSON] = ["prompt": .string(prompt)]
        if let agent {
            guard let reference = LibraryReference(agent) else {
                throw SignalboxError(
                    .invalidInput, "\"\(agent.prefix(80))\" does not name an agent of the library.",
                    at: .pointer("/agent"))
            }
            let reason = "Instructions to the agent \(reference.name)."
            return (try await executable(PromptPlan.single(agent: reference, reason: reason)), inputs)
        }
        let general = try await libraryAgent(PromptPlan.generalName)
        let plans = try await plannedPlans()
        guard !plans.isEmpty else {
            let reason = "No plan is published that could be chosen, so an agent follows the instructions."
            return (try await executable(PromptPlan.single(agent: general, reason: reason)), inputs)
        }
        let planner = try await libraryAgent(PromptPlan.plannerName)
        let source = PromptPlan.choosing(among: plans, planner: planner, general: general)
        return (try await executable(source), inputs)
    }

    private func libraryAgent(_ name: String) async throws -> LibraryReference? {
        try await store.agent(named: name).map { LibraryReference(name: $0.name) }
    }

    /// The plans that can be chosen: those that somebody has published, in their published versions; of more than can be
    /// told those saved last; by name.
    private func plannedPlans() async throws -> [Plan] {
        let published = Set(try await store.savedPlans().compactMap(\.plan.published))
        let latest = try await store.plans().filter { published.contains($0.hash) }
            .sorted { ($0.savedAt, $0.name) > ($1.savedAt, $1.name) }
        var found: [Plan] = []
        for row in latest.prefix(Limits.plannedPlansMaximum) {
            do {
                found.append(try plans.plan(row.source).plan)
            } catch let error as SignalboxError where error.code == .invalidPlan {
                // An earlier version of this program took it; nobody can run it now.
            }
        }
        return found.sorted { $0.name < $1.name }
    }

    /// What a task on free instructions is called: their first line.
    func promptName(_ prompt: String) -> String {
        let line = prompt.split(whereSeparator: \.isNewline).lazy.map { String($0).trimmed }.first { !$0.isEmpty }
        return TaskName.shortened(line ?? prompt)
    }
}
