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
            tested.flatMap { $0.name == state.name ? $0 : nil } ?? OutsideView(state)
        }
        return OutsidePage.providers(all, approvals: try await runtime.openRequestCount(), now: .now)
    }

    private func servers(_ tested: OutsideView?) async throws -> HTML {
        let all = await runtime.toolServers().map { state in
            tested.flatMap { $0.name == state.name ? $0 : nil } ?? OutsideView(state)
        }
        return OutsidePage.servers(all, approvals: try await runtime.openRequestCount(), now: .now)
    }

    private func testProvider(_ request: Request) async throws -> Response {
        let name = request.pathParameter("name")
        let model = (try request.form()["model"] ?? "").trimmed
        var problem: SignalboxError?
        var found: TestView?
        var modelProblem: String?
        do {
            let (asked, test) = try await runtime.testProvider(name, model: model.isEmpty ? nil : model)
            found = TestView(test, asked: asked)
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
        var view = OutsideView(state)
        view.test = found
        view.modelProblem = modelProblem
        if let found { view.state = found.isFine ? .tested : .failed }
        if let problem { view.problem = [problem.message, problem.hint].compactMap(\.self).joined(separator: " ") }
        guard !request.isFromScript else { return .page(OutsidePage.item(view, .providers)) }
        return .page(try await providers(view))
    }

    private func testServer(_ request: Request) async throws -> Response {
        _ = try request.form()
        let name = request.pathParameter("name")
        let test = try await runtime.testToolServer(name)
        guard let state = await runtime.toolServers().first(where: { $0.name == name }) else {
            throw SignalboxError(.notFound, "There is no MCP server \"\(name.prefix(80))\".")
        }
        var view = OutsideView(state)
        view.test = TestView(test, asked: nil)
        // What the test says is the same.
        view.problem = nil
        guard !request.isFromScript else { return .page(OutsidePage.item(view, .mcp)) }
        return .page(try await servers(view))
    }
}

extension OutsideView {
    fileprivate init(_ state: ProviderState) {
        var facts = [("Speaks", state.kind), ("Address", state.baseURL), ("Key", state.keyPlace ?? "none is sent")]
        if !state.models.isEmpty { facts.append(("Models", state.models.joined(separator: ", "))) }
        self.init(
            name: state.name, facts: facts, state: state.isReady ? .configured : .incomplete, problem: state.problem,
            models: state.models, isConfigured: state.isConfigured)
    }

    fileprivate init(_ state: ToolServerState) {
        let reached: State =
            switch state.state {
            case .idle: .idle
            case .connected: .connected
            case .failed: .failed
            }
        self.init(
            name: state.name,
            facts: [state.transport == "stdio" ? ("Program", state.place) : ("Address", state.place)],
            state: reached, problem: state.problem, models: [], isConfigured: true)
    }
}

extension TestView {
    fileprivate init(_ test: ConnectionTest, asked: String?) {
        self.init(
            isFine: test.isFine, milliseconds: test.milliseconds, asked: asked,
            checks: test.checks.map { check in
                let isPassed: Bool? =
                    switch check.state {
                    case .passed: true
                    case .failed: false
                    case .unknown: nil
                    }
                let name = check.name.rawValue.replacing("_", with: " ")
                return Check(
                    name: name.prefix(1).uppercased() + name.dropFirst(), isPassed: isPassed, detail: check.detail,
                    hint: check.hint)
            })
    }
}
