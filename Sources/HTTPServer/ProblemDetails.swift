public import Core

extension Response {
    /// An error as problem details (RFC 9457): `type`, `title`, `status`, `detail`, `instance`, and as extensions
    /// `code`, `hint`, `remedy`, and `errors`, each with `detail`, a `pointer` or `file`, `line` and `column`, a `hint` and a
    /// `remedy`.
    public static func problem(_ error: SignalboxError, for request: Request? = nil) -> Response {
        let status = error.code.status
        var members: JSONObject = [
            "type": .string("urn:signalbox:problem:" + error.code.rawValue),
            "title": .string(status.reasonPhrase),
            "status": .int(Int64(status.rawValue)),
            "detail": .string(error.message),
            "code": .string(error.code.rawValue),
        ]
        if let request { members["instance"] = .string(request.target) }
        if let hint = error.hint { members["hint"] = .string(hint) }
        members["remedy"] = error.remedy.map(JSON.string)
        members["errors"] = errors(of: error)
        var response = Response(
            status, headers: ["Content-Type": "application/problem+json", "Cache-Control": "no-store"],
            body: .bytes(JSON.object(members).bytes))
        // RFC 9110 §15.5.22 and RFC 6455 §4.2.2 ask for these.
        if status == .upgradeRequired {
            response.headers["Upgrade"] = "websocket"
            response.headers["Sec-WebSocket-Version"] = "13"
        }
        if status == .serviceUnavailable { response.headers["Retry-After"] = "1" }
        return response
    }

    /// The answer to an error of any type: what is no `SignalboxError` is a defect, and its text stays inside.
    public static func problem(_ error: any Error, for request: Request?) -> Response {
        if let error = error as? SignalboxError { return .problem(error, for: request) }
        let defect = SignalboxError(
            .internal, "The request failed because of a defect in the server.",
            hint: "The server's log says more; please report it.")
        return .problem(defect, for: request)
    }

    /// The member `errors` of its problem details; nil when it is about no place.
    public static func errors(of error: SignalboxError) -> JSON? {
        let found = findings(of: error)
        return found.isEmpty ? nil : .array(found)
    }

    private static func findings(of error: SignalboxError) -> [JSON] {
        if error.diagnostics.isEmpty {
            guard let place = error.place else { return [] }
            return [finding(Diagnostic(error.message, at: place, hint: error.hint, remedy: error.remedy))]
        }
        return error.diagnostics.map(finding)
    }

    private static func finding(_ found: Diagnostic) -> JSON {
        var members: JSONObject = ["detail": .string(found.message)]
        switch found.place {
        case .pointer(let pointer): members["pointer"] = .string(pointer)
        case .source(let file, let line, let column):
            if let file { members["file"] = .string(file) }
            members["line"] = .int(Int64(line))
            members["column"] = .int(Int64(column))
        }
        members["hint"] = found.hint.map(JSON.string)
        members["remedy"] = found.remedy.map(JSON.string)
        return .object(members)
    }
}
