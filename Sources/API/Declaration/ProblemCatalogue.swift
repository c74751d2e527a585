internal import Core
internal import HTTPServer

/// The codes of problems, which are stable words for programs.
enum ProblemCatalogue: Sendable {
    /// Every code with a sentence for people.
    static let all: [(code: SignalboxError.Code, meaning: String)] = [
        (.malformedRequest, "The request is not HTTP as it should be, or its address cannot be read."),
        (.invalidJSON, "The body is not JSON; line and column are told."),
        (.forbidden, "The request comes from a page of another site."),
        (.notFound, "There is no such thing."),
        (.methodNotAllowed, "The resource exists but knows no such method; Allow names those it knows."),
        (.requestTimeout, "The request did not arrive within its time."),
        (.conflict, "It cannot be done in the present state."),
        (.gone, "It was deleted."),
        (.preconditionFailed, "It is of another version than `If-Match` says: it was changed meanwhile."),
        (.limit, "A limit is exceeded; the sentence names it."),
        (
            .rangeNotSatisfiable,
            "None of the bytes that `Range` asks for is there; `Content-Range` tells how many there are."
        ),
        (.unsupportedMediaType, "The body is of a media type that is not accepted here."),
        (.misdirected, "The request was meant for another host."),
        (.invalidInput, "The request is well-formed but not what is declared; every mistake is told with its place."),
        (.invalidPlan, "The plan has mistakes; all are told with their places."),
        (.expression, "An expression cannot be read or evaluated."),
        (.upgradeRequired, "The address speaks WebSocket only."),
        (.headerTooLarge, "The header is too long."),
        (.internal, "A defect of Signalbox itself."),
        (.configuration, "The configuration is wrong."),
        (.addressRefused, "A request would have gone to a private address, this machine or a cloud's own services."),
        (.upstream, "Another system answered with an error or not at all."),
        (.unavailable, "The server is stopping or cannot answer now; try again later."),
        (.storage, "The data directory or the database cannot be used, or is full; try again later."),
    ]

    /// What any request may be answered with.
    static let everywhere: [SignalboxError.Code] = [
        .malformedRequest, .forbidden, .requestTimeout, .limit, .misdirected, .invalidInput, .headerTooLarge, .internal,
        .unavailable, .storage,
    ]

    /// Problem details (RFC 9457).
    static let schema = Schema.object(
        [
            "type": .text.saying("`urn:signalbox:problem:` and the code."), "title": .text,
            "status": .integer(400...599),
            "detail": .text.saying("A sentence for people."),
            "code": .word(all.map(\.code.rawValue)).saying(
                all.map { "* `\($0.code.rawValue)` (\($0.code.status.rawValue)): \($0.meaning)" }.joined(
                    separator: "\n")),
        ],
        optional: [
            "instance": .text, "hint": .text.saying("What to do about it."),
            "remedy": .text.saying("A JSON pointer to a member that was left out, and would put it right too."),
            "errors": .array(
                of: .object(
                    ["detail": .text],
                    optional: [
                        "pointer": .text.saying("A JSON pointer to the place in the request."), "file": .text,
                        "line": .count, "column": .count, "hint": .text, "remedy": .text,
                    ])
            ).saying("Every mistake at once."),
        ]
    ).named("Problem")
}
