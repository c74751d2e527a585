internal import API
internal import Core
internal import HTTPServer

extension Request {
    /// Whether the page's script asks, which shows pieces of pages, and not the browser itself.
    var isFromScript: Bool { headers["HX-Request"] == "true" }

    /// Whether the stream of a page asks, and not the page itself.
    var isStream: Bool { segments.last == "live" }

    /// The page of a list that the address names, from 1.
    var pageNumber: Int {
        get throws {
            guard let text = query["page"] else { return 1 }
            guard let page = Int(text), (1...1_000_000).contains(page) else {
                throw SignalboxError(.notFound, "There is no page \"\(text.prefix(20))\" of this list.")
            }
            return page
        }
    }

    /// The run of a step whose turns the address asks for: `?step=each%2F3%2Fread&run=2`; nil for the latest.
    var chosenRun: (step: StepPath, number: RunNumber)? {
        get throws {
            guard let step = query["step"], let run = query["run"] else { return nil }
            guard let number = Int(run) else {
                throw SignalboxError(.notFound, "There is no run \"\(run.prefix(20))\".")
            }
            return (StepPath(rawValue: step), RunNumber(rawValue: number))
        }
    }

    /// The position after which a live stream begins.
    var livePosition: Position {
        get throws {
            if let seen = try EventStream.position(of: self) { return seen }
            return Position(rawValue: query["after"].flatMap { Int64($0) } ?? 0)
        }
    }
}

extension Response {
    /// A page of ours under our own policy.
    static func page(_ html: HTML, status: Status = .ok) -> Response {
        Response(
            status,
            headers: [
                "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store",
                "Content-Security-Policy": Layout.contentSecurityPolicy, "X-Frame-Options": "SAMEORIGIN",
            ], body: .bytes(html.bytes))
    }

    /// Something was done: a browser goes back to a page, a script says so and leaves the rest to the live stream.
    /// - Parameter undo: what takes it back; the sentence offers it as a button.
    static func done(_ request: Request, saying text: String, back path: String, undo: Undo? = nil) -> Response {
        guard request.isFromScript else { return Response(.seeOther, headers: ["Location": path]) }
        return Response(
            .noContent, headers: ["HX-Trigger": saying(text, isBad: false, undo: undo), "Cache-Control": "no-store"])
    }

    /// Something was done of which the live stream does not tell: the list is loaded again.
    static func list(
        _ request: Request, at address: TaskListAddress, saying text: String, undo: Undo? = nil
    ) -> Response {
        var response = Response.done(request, saying: text, back: address.path, undo: undo)
        guard request.isFromScript else { return response }
        let location: JSON = [
            "path": .string(address.path), "target": "#content", "select": "#content", "swap": "outerMorph",
            "push": "false",
        ]
        response.headers["HX-Location"] = location.text
        return response
    }

    /// The answer is another page.
    static func moved(_ request: Request, to path: String) -> Response {
        guard request.isFromScript else { return Response(.seeOther, headers: ["Location": path]) }
        return Response(.noContent, headers: ["HX-Redirect": path, "Cache-Control": "no-store"])
    }

    /// Something was done, and the answer is another page, which says so.
    static func moved(_ request: Request, to path: String, saying text: String, undo: Undo?) -> Response {
        var response = moved(request, to: path)
        if request.isFromScript { response.headers["HX-Trigger"] = saying(text, isBad: false, undo: undo) }
        return response
    }

    /// Something was not done, for the script to say.
    static func refused(_ text: String) -> Response {
        Response(.conflict, headers: ["HX-Trigger": saying(text, isBad: true), "Cache-Control": "no-store"])
    }

    /// The event that lets the page say a sentence. Headers are ASCII, so everything else is escaped.
    private static func saying(_ text: String, isBad: Bool, undo: Undo? = nil) -> String {
        var said: JSONObject = ["text": .string(String(text.prefix(400))), "bad": .bool(isBad)]
        said["undo"] = undo?.json
        let event: JSON = ["sb:say": .object(said)]
        var escaped = ""
        for unit in event.text.utf16 {
            if (0x20..<0x7F).contains(unit) {
                escaped.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
            } else {
                let digits = String(unit, radix: 16)
                escaped += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            }
        }
        return escaped
    }
}
