/// Where in the input something is wrong.
public enum Place: Sendable, Hashable, CustomStringConvertible {
    /// A place in a text; line and column count from 1, columns in characters of the line as an editor shows them.
    case source(file: String?, line: Int, column: Int)
    /// A JSON pointer (RFC 6901) into a document; behind `#` when it is said into which: `prices.json#/models`.
    case pointer(String)

    /// `file:line:column`, as compilers print it, or the pointer.
    public var description: String {
        switch self {
        case .source(let file?, let line, let column): "\(file):\(line):\(column)"
        case .source(nil, let line, let column): "\(line):\(column)"
        case .pointer(let pointer): pointer
        }
    }

    /// The same place with the name of the file that the document is.
    public func inside(_ file: String) -> Place {
        switch self {
        case .source(nil, let line, let column): .source(file: file, line: line, column: column)
        case .pointer(let pointer) where !pointer.contains("#"): .pointer("\(file)#\(pointer)")
        default: self
        }
    }
}
