internal import Core

/// What a model was sent: what is new in it, or all of it.
enum RequestPanel: Sendable {
    /// Of a long conversation the page shows the latest messages.
    private static let messagesMaximum = 200

    static func render(_ view: TurnPageView) -> HTML {
        let request = view.request
        let isWhole = view.showsWhole || request.known == 0
        return """
            <section class="panel exchange" aria-labelledby="request-heading">
            <div class="panel-head"><h2 id="request-heading">Request</h2>\(choice(view), if: request.known > 0)</div>
            <div class="inside">\(trimmed(request.trimmed))\
            \(isWhole ? frame(view) : known(request))\
            \(messages(view, from: isWhole ? 0 : request.known))</div>
            </section>
            """
    }

    /// Both are addresses of their own.
    private static func choice(_ view: TurnPageView) -> HTML {
        let number = view.turn.number
        let current = { (isCurrent: Bool) in isCurrent ? "true" : nil }
        return """
            <nav class="choice" aria-label="How much of the request">\
            <a href="\(view.address.turn(number))"\(attribute: "aria-current", current(!view.showsWhole))>What is new</a>\
            <a href="\(view.address.wholeTurn(number))"\(attribute: "aria-current", current(view.showsWhole))>\
            The whole request</a></nav>
            """
    }

    /// What the model was sent once more, in a line.
    private static func known(_ request: ModelRequestView) -> HTML {
        var pieces: [String] = []
        if request.system != nil { pieces.append("the system prompt") }
        if !request.tools.isEmpty { pieces.append(Format.count(request.tools.count, "tool")) }
        pieces.append(Format.count(request.known, "message"))
        return """
            <p class="dim">Sent again as before: \(pieces.joined(separator: ", ")).</p>
            """
    }

    private static func trimmed(_ text: String?) -> HTML {
        guard let text else { return .empty }
        return "<p class=\"cut\">\(NamedText.render(text)) Below they stand all the same.</p>"
    }

    /// What stands around the conversation.
    private static func frame(_ view: TurnPageView) -> HTML {
        let request = view.request
        let path = view.address.turnInAPI(view.turn.number)
        let parameters: PayloadView? = request.parameters.isEmpty ? nil : .json(.object(request.parameters))
        return """
            \(PayloadBlock.render(request.system.map { PayloadView(.text($0), path: path) }, id: "request-system", name: "System prompt"))\
            \(tools(request.tools))\
            \(PayloadBlock.render(parameters, id: "request-parameters", name: "Parameters"))
            """
    }

    private static func tools(_ tools: [ModelToolView]) -> HTML {
        guard !tools.isEmpty else { return .empty }
        let items = tools.enumerated().map { place, tool -> HTML in
            """
            <li><details class="offered"><summary><b class="name">\(NamedText.render(tool.name))</b> \
            <span class="dim">\(NamedText.render(tool.summary))</span>\
            </summary>\(PayloadBlock.render(.json(tool.schema), id: "request-tool-\(place)", name: "Its arguments"))\
            </details></li>
            """
        }
        return """
            <div class="payload"><div class="payload-head"><h3>Tools</h3>\
            <span class="dim number">\(tools.count)</span></div><ul class="tools-offered">\(items)</ul></div>
            """
    }

    private static func messages(_ view: TurnPageView, from first: Int) -> HTML {
        let all = view.request.messages.count
        let start = max(first, all - messagesMaximum)
        guard start < all else { return "<p class=\"dim\">No message is new.</p>" }
        let path = view.address.turnInAPI(view.turn.number)
        let left: HTML = """
            <p class="dim">\(Format.count(start - first, "earlier message")) not shown here. \
            <a href="\(path)" download>Download all of them</a></p>
            """
        let items = (start..<all).map { place in
            message(view.request.messages[place], id: "message-\(place + 1)", number: place + 1, path: path)
        }
        return "\(left, if: start > first)<ol class=\"messages\">\(items)</ol>"
    }

    private static func message(_ message: ModelMessageView, id: String, number: Int, path: String) -> HTML {
        let parts = message.parts.enumerated().map { place, part in
            Self.part(part, id: "\(id)-\(place)", path: path)
        }
        return """
            <li id="\(id)"><p class="role"><b>\(NamedText.render(message.role))</b> \
            <span class="dim number">message \(number)</span></p>\
            \(parts)</li>
            """
    }

    private static func part(_ part: ModelMessageView.Part, id: String, path: String) -> HTML {
        switch part {
        case .text(let text): PayloadBlock.content(of: PayloadView(.text(text), path: path), id: id)
        case .thinking(let text):
            PayloadBlock.render(PayloadView(.text(text), path: path), id: id, name: "Thinking", isFolded: true)
        case .call(let tool, let arguments):
            """
            <p class="deed">called <code>\(NamedText.render(tool))</code></p>\
            \(PayloadBlock.content(of: PayloadView(.json(arguments), path: path), id: id))
            """
        case .result(let tool, let payload, let isError):
            """
            <p class="deed\(isError ? " bad" : "")">\(isError ? "error of" : "result of") \
            <code>\(NamedText.render(tool))</code></p>\
            \(PayloadBlock.content(of: payload, id: id))
            """
        case .file(let name): "<p class=\"deed\">file <code>\(NamedText.render(name))</code></p>"
        case .other(let json): PayloadBlock.content(of: PayloadView(.json(json), path: path), id: id)
        }
    }
}
