internal import Core
internal import HTTPServer
internal import Runtime
internal import Store

/// Who is outside, as the settings of the start say it, and tests of whether they can be reached.
struct OutsidePages: Sendable {
    let runtime: Runtime

    func install(in router: inout Router) {
        router.get("/settings/providers") { _ in .page(try await providers(nil)) }
        router.post("/settings/providers/{name}/test", handler: testProvider)
        router.get("/settings/mcp") { _ in .page(try await servers(nil)) }
        router.post("/settings/mcp/{name}/test", handler: testServer)
    }

    /// - Parameter tested: one of them with what a test has found.
    private func providers(_ tested: OutsideView?) async throws -> HTML {
        let all = try await runtime.providers().map { state in
            tested.flatMap { $0.name == state.name ? $0 : nil }
                ?? OutsideView(state, runtime.lastTest(ofProvider: state.name))
        }
        return OutsidePage.providers(all, approvals: try await runtime.openRequestCount(), now: .now)
    }

    private func servers(_ tested: OutsideView?) async throws -> HTML {
        let all = await runtime.toolServers().map { state in
            tested.flatMap { $0.name == state.name ? $0 : nil }
                ?? OutsideView(state, runtime.lastTest(ofToolServer: state.name))
        }
        return OutsidePage.servers(all, approvals: try await runtime.openRequestCount(), now: .now)
    }

    private func testProvider(_ request: Request) async throws -> Response {
        let name = request.pathParameter("name")
        let model = (try request.form()["model"] ?? "").trimmed
        var problem: SignalboxError?
        var modelProblem: String?
        do {
            _ = try await runtime.testProvider(name, model: model.isEmpty ? nil : model)
        } catch let error as SignalboxError where error.code == .invalidInput {
            if model.isEmpty {
                modelProblem = "Say which model to ask."
            } else if error.place == .pointer("/model") || error.place == nil {
                modelProblem = error.message
            } else {
                problem = error
            }
        }
        guard let state = try await runtime.providers().first(where: { $0.name == name }) else {
            throw SignalboxError(.notFound, "There is no provider \"\(name.prefix(80))\".")
        }
        var view = OutsideView(state, runtime.lastTest(ofProvider: name))
        view.modelProblem = modelProblem
        if let problem { view.problem = problem.sentence }
        guard !request.isFromScript else { return .page(OutsidePage.item(view, .providers, now: .now)) }
        return .page(try await providers(view))
    }

    private func testServer(_ request: Request) async throws -> Response {
        _ = try request.form()
        let name = request.pathParameter("name")
        _ = try await runtime.testToolServer(name)
        guard let state = await runtime.toolServers().first(where: { $0.name == name }) else {
            throw SignalboxError(.notFound, "There is no MCP server \"\(name.prefix(80))\".")
        }
        let view = OutsideView(state, runtime.lastTest(ofToolServer: name))
        guard !request.isFromScript else { return .page(OutsidePage.item(view, .mcp, now: .now)) }
        return .page(try await servers(view))
    }
}

extension OutsideView {
    fileprivate init(_ state: ProviderState, _ last: KeptTest?) {
        var facts = [("Speaks", state.kind), ("Address", state.baseURL), ("Key", state.keyPlace ?? "none is sent")]
        if !state.models.isEmpty { facts.append(("Models", state.models.joined(separator: ", "))) }
        let tried: State? = last.map { $0.test.isFine ? .tested : .failed }
        // What was fine may lack something since.
        let isIncomplete = !state.isReady && tried != .failed
        self.init(
            name: state.name, facts: facts, state: isIncomplete ? .incomplete : tried ?? .configured,
            problem: state.problem, models: state.models, isConfigured: state.isConfigured,
            test: last.map(TestView.init))
    }

    fileprivate init(_ state: ToolServerState, _ last: KeptTest?) {
        let reached: State =
            switch state.state {
            case .idle: .idle
            case .connected: .connected
            case .failed: .failed
            }
        self.init(
            name: state.name,
            facts: [state.transport == "stdio" ? ("Program", state.place) : ("Address", state.place)],
            state: reached,
            // What a test that failed says is the same.
            problem: last?.test.isFine == false ? nil : state.problem, models: [], isConfigured: true,
            test: last.map(TestView.init))
    }
}

extension TestView {
    fileprivate init(_ kept: KeptTest) {
        let test = kept.test
        self.init(
            isFine: test.isFine, milliseconds: test.milliseconds, asked: kept.asked,
            checks: test.checks.map { check in
                let isPassed: Bool? =
                    switch check.state {
                    case .passed: true
                    case .failed: false
                    case .unknown: nil
                    }
                let name = check.name.rawValue.replacing("_", with: " ")
                return Check(
                    name: Format.capitalized(name), isPassed: isPassed, detail: check.detail,
                    hint: check.hint)
            }, at: kept.at)
    }
}
