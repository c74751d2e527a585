internal import Core
internal import Runtime

/// Files that are checked without being saved.
struct DocumentCheck: Sendable {
    private let paths: [String]
    private let isJSON: Bool
    private let flags: Settings.Flags

    static let options: [OptionSyntax] = [.json, .data, .configuration]
    static let note =
        "With --data or --config also what those settings must have is looked for: MCP servers, providers of models."

    /// What is said of a document without mistakes.
    struct Valid: Sendable {
        var name: String
        var hash: ContentHash
        /// Behind its path and its name, for people.
        var words: String
    }

    init(_ arguments: ParsedArguments) {
        paths = arguments.operands
        isJSON = arguments.has(.json)
        flags = Settings.Flags(data: arguments[.data], configuration: arguments[.configuration])
    }

    /// - Parameters:
    ///   - member: under which JSON lists them.
    ///   - path: the file that a path stands for.
    ///   - check: reads one, on a thread that may block. It throws all its mistakes.
    func run(
        _ context: CommandContext, listedAs member: String, path: (String) -> String = { $0 },
        check: @escaping @Sendable (_ path: String, Settings?) throws -> Valid
    ) async throws -> ExitCode {
        let settings = try await Settings.named(by: flags, context)
        var documents: [JSON] = []
        var isValid = true
        for path in paths.map(path) {
            do {
                let found = try await onOwnThread("check") { try check(path, settings) }
                if !isJSON {
                    context.output.writeLine(DisplayText.line("\(path): \(found.name) is valid\(found.words)"))
                }
                documents.append([
                    "path": .string(path), "valid": true, "name": .string(found.name),
                    "hash": .string(found.hash.rawValue), "errors": [],
                ])
            } catch let error as SignalboxError {
                isValid = false
                documents.append(["path": .string(path), "valid": false, "errors": Self.findings(error)])
                if !isJSON { context.write(error) }
            }
        }
        if isJSON { context.output.writeLine(JSON.object([member: .array(documents)]).prettyText) }
        return isValid ? .completed : .badUse
    }

    /// What was found, for programs.
    private static func findings(_ error: SignalboxError) -> JSON {
        guard !error.diagnostics.isEmpty else {
            return [["message": .string(error.message), "hint": error.hint.map(JSON.string) ?? nil]]
        }
        return .array(
            error.diagnostics.map { finding in
                var object: JSONObject = ["message": .string(finding.message)]
                if case .source(_, let line, let column) = finding.place {
                    object["line"] = .int(Int64(line))
                    object["column"] = .int(Int64(column))
                } else if case .pointer(let pointer) = finding.place {
                    object["pointer"] = .string(pointer)
                }
                object["hint"] = finding.hint.map(JSON.string) ?? .null
                return .object(object)
            })
    }
}
