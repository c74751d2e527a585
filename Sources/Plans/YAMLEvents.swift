internal import CYAML

/// The events of libyaml's parser, one after the other.
@safe struct YAMLEvents: ~Copyable {
    // libyaml: "yaml_parser_t … must not be moved while it is in use", and the input must live as long as the parser.
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let input: UnsafeMutableBufferPointer<UInt8>

    /// - Parameter text: valid UTF-8 of which every character is one that YAML allows.
    init(text: String) {
        let bytes = Array(text.utf8)
        unsafe input = .allocate(capacity: max(1, bytes.count))
        _ = unsafe input.update(fromContentsOf: bytes)
        unsafe parser = .allocate(capacity: 1)
        precondition(unsafe yaml_parser_initialize(parser) == 1, "libyaml has no memory for a parser")
        unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        unsafe yaml_parser_set_input_string(parser, input.baseAddress, bytes.count)
    }

    deinit {
        unsafe yaml_parser_delete(parser)
        unsafe parser.deallocate()
        unsafe input.deallocate()
    }

    /// The next event.
    mutating func next() throws(YAMLProblem) -> YAMLEvent {
        var raw = unsafe yaml_event_t()
        guard unsafe yaml_parser_parse(parser, &raw) == 1 else { throw problem }
        defer { unsafe yaml_event_delete(&raw) }
        return unsafe YAMLEvent(raw)
    }

    private var problem: YAMLProblem {
        let parser = unsafe self.parser.pointee
        return unsafe YAMLProblem(
            message: parser.problem.map { unsafe String(cString: $0) } ?? "out of memory",
            index: Int(parser.problem_mark.index),
            context: parser.context.map { unsafe String(cString: $0) },
            contextIndex: Int(parser.context_mark.index))
    }
}

/// What libyaml says about a text that it cannot read.
struct YAMLProblem: Error {
    var message: String
    /// Index of the character where it gave up.
    var index: Int
    /// What it was doing, such as "while parsing a flow mapping".
    var context: String?
    /// Where that began.
    var contextIndex: Int
}

/// A step of libyaml's parser through a document.
struct YAMLEvent {
    var kind: Kind
    /// Anchor (`&name`) of a node, or the name that an alias refers to.
    var anchor: String?
    /// Explicit tag (`!!str`) of a node.
    var tag: String?
    var range: Range<Int>

    enum Kind {
        case streamStart, streamEnd, documentStart, documentEnd, alias
        case scalar(text: String, style: YAMLScalar.Style)
        case sequenceStart, sequenceEnd, mappingStart, mappingEnd
    }

    fileprivate init(_ raw: yaml_event_t) {
        let start = unsafe Int(raw.start_mark.index)
        range = unsafe start..<max(start, Int(raw.end_mark.index))
        switch unsafe raw.type {
        case YAML_STREAM_START_EVENT: kind = .streamStart
        case YAML_DOCUMENT_START_EVENT: kind = .documentStart
        case YAML_DOCUMENT_END_EVENT: kind = .documentEnd
        case YAML_ALIAS_EVENT:
            kind = .alias
            anchor = unsafe Self.text(raw.data.alias.anchor)
        case YAML_SCALAR_EVENT:
            let scalar = unsafe raw.data.scalar
            let bytes = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            kind = unsafe .scalar(text: String(decoding: bytes, as: UTF8.self), style: Self.style(scalar.style))
            anchor = unsafe Self.text(scalar.anchor)
            tag = unsafe Self.text(scalar.tag)
        case YAML_SEQUENCE_START_EVENT:
            kind = .sequenceStart
            anchor = unsafe Self.text(raw.data.sequence_start.anchor)
            tag = unsafe Self.text(raw.data.sequence_start.tag)
        case YAML_SEQUENCE_END_EVENT: kind = .sequenceEnd
        case YAML_MAPPING_START_EVENT:
            kind = .mappingStart
            anchor = unsafe Self.text(raw.data.mapping_start.anchor)
            tag = unsafe Self.text(raw.data.mapping_start.tag)
        case YAML_MAPPING_END_EVENT: kind = .mappingEnd
        default: kind = .streamEnd
        }
    }

    private static func text(_ characters: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        unsafe characters.map { unsafe String(cString: $0) }
    }

    private static func style(_ style: yaml_scalar_style_t) -> YAMLScalar.Style {
        switch style {
        case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
        case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
        case YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE: .block
        default: .plain
        }
    }
}
