internal import Core

/// Problem details (RFC 9457) as our server writes them.
enum ProblemDetails {
    /// The error that an answer tells of.
    static func error(_ bytes: [UInt8], status: Int, from place: String) -> SignalboxError {
        let problem: JSON
        do {
            problem = try JSON(parsing: bytes)
        } catch {
            return foreign(status: status, from: place, cause: error)
        }
        guard let code = problem["code"]?.stringValue, let detail = problem["detail"]?.stringValue else {
            return foreign(status: status, from: place, cause: nil)
        }
        return SignalboxError(
            SignalboxError.Code(rawValue: code), detail, hint: problem["hint"]?.stringValue,
            remedy: problem["remedy"]?.stringValue,
            diagnostics: problem["errors"]?.arrayValue?.compactMap(diagnostic) ?? [])
    }

    private static func foreign(status: Int, from place: String, cause: (any Error)?) -> SignalboxError {
        // What stands in front of a server that is down answers for it.
        SignalboxError(
            [502, 503, 504].contains(status) ? .unavailable : .upstream,
            "\(place) does not answer like Signalbox: status \(status).", hint: "Is the address right?",
            cause: cause)
    }

    private static func diagnostic(_ json: JSON) -> Diagnostic? {
        guard let detail = json["detail"]?.stringValue else { return nil }
        let place: Place =
            if let line = json["line"]?.intValue, let column = json["column"]?.intValue {
                .source(file: json["file"]?.stringValue, line: Int(clamping: line), column: Int(clamping: column))
            } else {
                .pointer(json["pointer"]?.stringValue ?? "")
            }
        return Diagnostic(detail, at: place, hint: json["hint"]?.stringValue, remedy: json["remedy"]?.stringValue)
    }
}
