internal import Core

/// Builds the tree of a YAML document: one document, no anchors, aliases, tags or merge keys, each name once.
struct YAMLComposer: ~Copyable {
    private var events: YAMLEvents
    private let text: SourceText
    private var diagnostics: [Diagnostic] = []

    private init(_ text: SourceText) {
        self.text = text
        events = YAMLEvents(text: String(String.UnicodeScalarView(text.scalars)))
    }

    /// The tree, or nil when the text is not YAML; and everything that is wrong with it.
    static func compose(_ text: SourceText) -> (root: YAMLNode?, diagnostics: [Diagnostic]) {
        if let index = text.scalars.firstIndex(where: { !isAllowed($0) }) {
            let code = String(text.scalars[index].value, radix: 16, uppercase: true)
            let message =
                "the character U+\(String(repeating: "0", count: max(0, 4 - code.count)))\(code) is not allowed in YAML"
            return (
                nil,
                [
                    Diagnostic(
                        message, at: text.place(at: index), hint: "remove it, or write it as an escape in double quotes"
                    )
                ]
            )
        }
        var composer = YAMLComposer(text)
        do {
            let root = try composer.document()
            return (root, composer.diagnostics)
        } catch {
            return (nil, composer.diagnostics + [error.diagnostic(in: text)])
        }
    }

    /// `c-printable` of YAML 1.2.2 §5.1.
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF:
            scalar.value != 0xFEFF
        default: false
        }
    }

    private mutating func document() throws(YAMLProblem) -> YAMLNode? {
        var root: YAMLNode?
        while true {
            let event = try events.next()
            switch event.kind {
            case .streamEnd: return root
            case .documentStart where root != nil:
                report("a second document starts here, but this file holds one", at: event, hint: "remove the --- line")
                return root
            case .streamStart, .documentStart, .documentEnd: continue
            default: root = try node(from: event, depth: 1)
            }
        }
    }

    private mutating func node(from event: YAMLEvent, depth: Int) throws(YAMLProblem) -> YAMLNode {
        guard depth <= Limits.jsonDepthMaximum else {
            throw YAMLProblem(
                message: "nested deeper than \(Limits.jsonDepthMaximum) levels", index: event.range.lowerBound,
                context: nil, contextIndex: 0)
        }
        refuseAnchorAndTag(of: event)
        switch event.kind {
        case .scalar(let text, let style): return scalar(text, style, event)
        case .sequenceStart:
            var elements: [YAMLNode] = []
            while true {
                let next = try events.next()
                if case .sequenceEnd = next.kind {
                    return YAMLNode(content: .sequence(elements), range: event.range.lowerBound..<next.range.upperBound)
                }
                elements.append(try node(from: next, depth: depth + 1))
            }
        case .mappingStart: return try mapping(from: event, depth: depth)
        default: return YAMLNode(content: .refused, range: event.range)
        }
    }

    private mutating func mapping(from start: YAMLEvent, depth: Int) throws(YAMLProblem) -> YAMLNode {
        var entries: [YAMLNode.Entry] = []
        var linesByName: [String: Int] = [:]
        while true {
            let event = try events.next()
            if case .mappingEnd = event.kind {
                return YAMLNode(content: .mapping(entries), range: start.range.lowerBound..<event.range.upperBound)
            }
            let key = try node(from: event, depth: depth + 1)
            let value = try node(from: try events.next(), depth: depth + 1)
            guard let name = name(from: key) else { continue }
            if let line = linesByName[name] {
                report("the key \"\(name)\" stands twice", at: event, hint: "it was first given in line \(line)")
                continue
            }
            linesByName[name] = text.line(at: key.range.lowerBound)
            entries.append(YAMLNode.Entry(name: name, nameRange: key.range, value: value))
        }
    }

    private mutating func name(from key: YAMLNode) -> String? {
        let place = text.place(at: key.range.lowerBound)
        switch key.content {
        case .scalar(let scalar) where scalar.text == "<<" && scalar.style == .plain:
            diagnostics.append(
                Diagnostic("merge keys (<<) are not supported", at: place, hint: "write the entries out"))
            return nil
        case .scalar(let scalar) where scalar.text.isEmpty:
            diagnostics.append(Diagnostic("a key is empty", at: place))
            return nil
        case .scalar(let scalar): return scalar.text
        case .mapping, .sequence:
            diagnostics.append(
                Diagnostic("a key must be a text", at: place, hint: "an expression is written \"${{ … }}\", in quotes"))
            return nil
        case .refused: return nil
        }
    }

    private mutating func scalar(_ text: String, _ style: YAMLScalar.Style, _ event: YAMLEvent) -> YAMLNode {
        guard style == .plain else {
            return YAMLNode(
                content: .scalar(YAMLScalar(text: text, style: style, value: .string(text))), range: event.range)
        }
        guard let value = YAMLScalar.meaning(ofPlain: text) else {
            report("\(text) is not a number that JSON knows", at: event, hint: "put it in quotes if it is a text")
            return YAMLNode(content: .refused, range: event.range)
        }
        return YAMLNode(content: .scalar(YAMLScalar(text: text, style: style, value: value)), range: event.range)
    }

    private mutating func refuseAnchorAndTag(of event: YAMLEvent) {
        if case .alias = event.kind {
            report("aliases (*\(event.anchor ?? "")) are not supported", at: event, hint: "write the value out")
        } else if let anchor = event.anchor {
            report("anchors (&\(anchor)) are not supported", at: event, hint: "write the value out where it is needed")
        }
        if event.tag != nil {
            report("tags (!…) are not supported", at: event, hint: "put the value in quotes if it is a text")
        }
    }

    private mutating func report(_ message: String, at event: YAMLEvent, hint: String? = nil) {
        diagnostics.append(Diagnostic(message, at: text.place(at: event.range.lowerBound), hint: hint))
    }
}
