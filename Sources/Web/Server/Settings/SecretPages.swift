internal import Core
internal import HTTPServer
internal import Runtime
internal import Store

/// Sets and removes secrets. What comes in is never sent out again.
struct SecretPages: Sendable {
    let runtime: Runtime

    func install(in router: inout Router) {
        router.get("/settings/secrets") { _ in
            .page(
                SecretsPage.document(
                    try await secrets(), approvals: try await runtime.openRequestCount(), now: .now))
        }
        router.post("/settings/secrets", handler: set)
        router.get("/settings/secrets/{name}/remove", handler: ask)
        router.post("/settings/secrets/{name}/remove", handler: remove)
    }

    private func secrets() async throws -> [SecretView] {
        try await runtime.namedSecrets().map { secret in
            SecretView(
                name: secret.name, place: secret.placeText, setAt: secret.setAt, uses: secret.uses,
                isStored: secret.place == nil)
        }
    }

    private func set(_ request: Request) async throws -> Response {
        let form = try request.form()
        let name = (form["name"] ?? "").trimmed
        let value = form["value"] ?? ""
        let isReplaced: Bool
        do {
            guard !value.isEmpty else { throw SignalboxError(.invalidInput, "The value is empty.") }
            isReplaced = try await runtime.setSecret(name, to: value)
        } catch let error as SignalboxError
            where [.invalidInput, .limit, .conflict, .configuration].contains(error.code)
        {
            let message = error.sentence
            let refusal = SecretsPage.Refusal(
                name: name, message: message, field: Self.field(of: error, name: name, value: value))
            guard !request.isFromScript else {
                return .page(SecretsPage.form(refusal, id: "secret-new"), status: .unprocessableContent)
            }
            return .page(
                SecretsPage.document(
                    try await secrets(), refusal: refusal, approvals: try await runtime.openRequestCount(), now: .now),
                status: .unprocessableContent)
        }
        return .reloaded(
            request, at: "/settings/secrets", saying: isReplaced ? "Replaced \(name)" : "\(name) is set, from now on",
            isFresh: true)
    }

    /// The field that has to be mended; nil when it is neither.
    private static func field(of error: SignalboxError, name: String, value: String) -> SecretsPage.Refusal.Field? {
        guard SecretName.isValid(name) else { return .name }
        // That there is no room for another one is nobody's mistake.
        let isTooLong = error.code == .limit && value.utf8.count > Limits.secretBytesMaximum
        return error.code == .invalidInput || isTooLong ? .value : nil
    }

    private func secret(of request: Request) async throws -> SecretView {
        let name = request.pathParameter("name")
        guard let secret = try await secrets().first(where: { $0.name == name && $0.isStored }) else {
            throw SignalboxError(.notFound, "There is no secret \"\(name.prefix(80))\" in the store.")
        }
        return secret
    }

    private func ask(_ request: Request) async throws -> Response {
        let secret = try await secret(of: request)
        guard !request.isFromScript else { return .page(SecretsPage.dialog(secret)) }
        return .page(SecretsPage.question(secret, approvals: try await runtime.openRequestCount(), now: .now))
    }

    private func remove(_ request: Request) async throws -> Response {
        _ = try request.form()
        let name = request.pathParameter("name")
        do {
            try await runtime.removeSecret(name)
        } catch let error as SignalboxError where request.isFromScript && error.code == .notFound {
            return .refused(error.message)
        }
        return .reloaded(request, at: "/settings/secrets", saying: "Removed \(name)")
    }
}
