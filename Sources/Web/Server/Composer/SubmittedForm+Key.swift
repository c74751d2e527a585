internal import Core
internal import HTTPServer
internal import Runtime

extension SubmittedForm {
    /// The key under which it makes its task: the same when the same is sent again, because no answer came or a page was
    /// loaded again; another one as soon as anything in it has changed. URLs count as they were typed, for what they lead to
    /// may be another file by then.
    /// - Parameter path: what the form is for.
    func idempotencyKey(for path: String) -> String? {
        guard text(FieldName.once) != nil else { return nil }
        var members: JSONObject = ["for": .string(path)]
        for (name, value) in fields.sorted(by: { $0.key < $1.key }) where name != FieldName.action {
            members["field \(name)"] = .string(value)
        }
        for (target, files) in uploads.sorted(by: { $0.key < $1.key }) {
            members["files \(target)"] = .array(files.map(\.json))
        }
        return "form-\(ContentHash(of: JSON.object(members).text.utf8.map(\.self)).rawValue)"
    }

    /// The way to the task that it has made before; nil for a form that has made none. Asked before its URLs are fetched: what
    /// these lead to now changes nothing about what was started then.
    func repetition(_ request: Request, for path: String, _ runtime: Runtime) async throws -> Response? {
        guard action == .start, let key = idempotencyKey(for: path),
            let made = try await runtime.task(madeUnder: key)
        else { return nil }
        return .moved(request, to: "/tasks/\(made.rawValue)")
    }

    /// The way to the task that was made while the URLs were fetched, where one of them led to nothing: by the same form,
    /// sent twice.
    /// - Parameter sent: the form as it came.
    func repetition(
        of sent: SubmittedForm, _ request: Request, for path: String, _ runtime: Runtime
    ) async throws -> Response? {
        guard !urlProblems.isEmpty else { return nil }
        return try await sent.repetition(request, for: path, runtime)
    }

    /// What a form begins with that nobody has sent yet.
    static func once() -> String { String(UInt64.random(in: 0 ... .max), radix: 36) }
}
