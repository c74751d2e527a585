internal import Core
internal import HTTPServer

extension Response {
    /// Something was done on a page without a live stream: the page of that address is shown again, in place.
    /// - Parameters:
    ///   - isFresh: whether nothing that was typed stays in its fields.
    ///   - undo: what takes it back.
    static func reloaded(
        _ request: Request, at path: String, saying text: String, isFresh: Bool = false, undo: Undo? = nil
    ) -> Response {
        guard request.isFromScript else { return Response(.seeOther, headers: ["Location": path]) }
        var response = Response.done(request, saying: text, back: path, undo: undo)
        let location: JSON = [
            "path": .string(path), "target": "#content", "select": "#content",
            "swap": isFresh ? "outerHTML" : "outerMorph", "push": "false",
        ]
        response.headers["HX-Location"] = location.text
        return response
    }
}
