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
}
