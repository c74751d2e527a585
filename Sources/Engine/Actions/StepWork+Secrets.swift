internal import Core

extension StepWork {
    /// What a person is asked to agree to: the call, and the marks in it that stand for secrets.
    var proposal: JSON {
        guard !secrets.isEmpty, case .object(var object) = call.json else { return call.json }
        object["secrets"] = secrets.json
        return .object(object)
    }

    /// What the journal and the pages show of the call.
    var input: JSON { secrets.shown(call.json) }

    /// Takes over what a person has changed in the proposal.
    /// - Throws: `Failure` when the call cannot be made.
    mutating func change(to agreed: JSON) throws(Failure) {
        call = try call.changed(to: agreed)
        secrets = secrets.agreed(agreed["secrets"])
    }

    /// The same work with secrets in the places of their marks: nothing that is kept or shown may be made of it.
    public func revealing(_ values: [String: String]) -> StepWork {
        var work = self
        func text(_ text: String) -> String { secrets.replacing(in: text) { values[$0] ?? "" } }
        func json(_ json: JSON) -> JSON { secrets.replacing(in: json) { values[$0] ?? "" } }
        switch call {
        case .command(var command):
            command.arguments = command.arguments.map(text)
            command.stdin = command.stdin.map(json)
            command.environment = command.environment.map { ($0.name, text($0.value)) }
            work.call = .command(command)
        case .http(var request):
            request.url = text(request.url)
            request.headers = request.headers.map { ($0.name, text($0.value)) }
            request.body = request.body.map(json)
            work.call = .http(request)
        case .tool(var tool):
            tool.arguments = json(.object(tool.arguments)).objectValue ?? tool.arguments
            work.call = .tool(tool)
        case .agent: break
        }
        return work
    }
}
