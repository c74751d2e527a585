internal import Core
internal import MCP

extension FuzzTarget {
    /// What a program of tools writes, line by line; wherever the bytes are cut, the messages are the same.
    static let mcpStdio = FuzzTarget("mcp-stdio") { bytes in
        let whole = ReadMessages.lines([bytes])
        try require(whole == ReadMessages.lines(Input.pieces(bytes)), "cut, they are other messages")
    }

    /// What a server of tools answers by HTTP: a document, or a stream of events.
    static let mcpHTTP = FuzzTarget("mcp-http") { bytes in
        _ = ReadMessages.document(bytes)
        let whole = ReadMessages.events([bytes])
        try require(whole == ReadMessages.events(Input.pieces(bytes)), "cut, they are other messages")
    }

    /// What the journal keeps of a server's questions, and a person's answers: what is written is read as the same again,
    /// and answers that do not fit are refused.
    static let mcpInput = FuzzTarget("mcp-input") { bytes in
        let (first, second) = Input.parts(bytes)
        guard let json = try unlessRefused({ try JSON(parsing: first) }), let input = MCPInputRequired(json) else {
            return
        }
        try require(MCPInputRequired(input.json) == input, "what was written of it is read as something else")
        for question in input.questions { _ = try unlessRefused { try question.fields } }
        guard let values = try unlessRefused({ try JSON(parsing: second) })?.objectValue else { return }
        let answers = input.questions.map { question -> (String, MCPAnswer) in
            (question.key, .accept(values[question.key]?.objectValue ?? values))
        }
        _ = try unlessRefused {
            try MCPAnswers(Dictionary(answers, uniquingKeysWith: { first, _ in first }), to: input)
        }
    }
}
