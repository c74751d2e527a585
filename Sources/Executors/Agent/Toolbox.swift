internal import Core
internal import Engine
internal import Plans
internal import Providers

/// The tools of one run of an agent.
struct Toolbox: Sendable {
    /// What the model is told of them.
    let declarations: [ToolDeclaration]
    /// Whether the provider may search the web.
    let isWebSearchAllowed: Bool
    /// Tools that cannot be used.
    let unavailable: [Unavailable]
    private let entries: [String: Entry]

    /// One tool.
    struct Entry: Sendable {
        /// Nil for what the task's machine does itself.
        var tool: (any Tool)?
        var declaration: ToolDeclaration
        var performer = ToolRequest.Performer.executor
        /// What the plan says about making a call again; nil for what the tool says.
        var isRepeatable: Bool?
    }

    /// Tools that cannot be used. Why stands in the record alone: it may quote a server, and what a server says must not
    /// become part of the instructions.
    struct Unavailable: Sendable {
        /// "The tools of the MCP server x".
        var what: String
        var reason: String

        /// What the model is told.
        var notice: String { "\(what) cannot be used now." }
    }

    /// What the arguments of each tool must be.
    private let schemas: [String: JSONSchema]

    /// - Throws: `SignalboxError` with code `conflict` when two tools have one name.
    init(_ tools: [Entry], isWebSearchAllowed: Bool, unavailable: [Unavailable] = []) throws {
        var entries: [String: Entry] = [:]
        var schemas: [String: JSONSchema] = [:]
        var declarations: [ToolDeclaration] = []
        var missing = unavailable
        for tool in tools {
            let name = tool.declaration.name
            guard entries.updateValue(tool, forKey: name) == nil else {
                throw SignalboxError(
                    .conflict, "The agent has two tools with the name \"\(name)\".",
                    hint: "Name with `only` which tools of a server it may use.")
            }
            do {
                schemas[name] = try Self.schema(of: tool.declaration)
            } catch let error as SignalboxError {
                entries[name] = nil
                missing.append(Unavailable(what: "The tool \(name)", reason: error.message))
                continue
            }
            declarations.append(CallDetails.asked(in: tool.declaration))
        }
        self.entries = entries
        self.schemas = schemas
        self.declarations = declarations
        self.isWebSearchAllowed = isWebSearchAllowed
        self.unavailable = missing
    }

    private static func schema(of declaration: ToolDeclaration) throws -> JSONSchema {
        do {
            return try JSONSchema(declaration.parameters)
        } catch let error as SignalboxError {
            throw SignalboxError(
                .upstream, "The tool \(declaration.name) describes its arguments wrongly: \(error.message)",
                cause: error)
        }
    }

    var isEmpty: Bool { entries.isEmpty && !isWebSearchAllowed }

    /// The tool of that name, when the executor carries it out.
    func tool(named name: String) -> (any Tool)? { entries[name]?.tool }

    /// Whether all of these calls can be carried out, and none of them changes anything.
    func onlyLook(_ calls: [ToolRequest]) -> Bool {
        calls.allSatisfy { call in
            call.problem == nil && call.performer == .executor && tool(named: call.tool)?.onlyLooks == true
        }
    }

    /// What a call of the model means, and whether it can be carried out.
    func understand(_ call: ToolCall) -> ToolRequest {
        let (arguments, details) = CallDetails.taken(from: call.arguments, entries[call.name]?.declaration)
        var request = ToolRequest(
            id: call.id, tool: call.name, arguments: arguments, reason: details.reason,
            confidence: details.confidence, alternatives: details.alternatives)
        guard let entry = entries[call.name] else {
            let known = entries.keys.sorted().joined(separator: ", ")
            request.problem =
                "There is no tool \"\(call.name)\". "
                + (known.isEmpty ? "There are no tools." : "The tools are \(known).")
            return request
        }
        request.performer = entry.performer
        request.isRepeatable = entry.isRepeatable ?? entry.tool?.isRepeatable(arguments) ?? false
        if let malformed = call.malformed {
            request.problem =
                "The arguments are not a JSON object\(Self.reason(malformed)): \(malformed.prefix(200))"
            // What was written tells equal mistakes from different ones.
            request.arguments = ["malformed": .string(String(malformed.prefix(Self.malformedLengthMaximum)))]
            return request
        }
        request.problem = problem(with: arguments, of: call.name)
        return request
    }

    /// Why arguments cannot be read, in brackets; empty where they are JSON, only no object.
    private static func reason(_ malformed: String) -> String {
        do {
            _ = try JSON(parsing: Array(malformed.utf8))
            return ""
        } catch let error as SignalboxError {
            return " (\(error.message.hasSuffix(".") ? String(error.message.dropLast()) : error.message))"
        } catch {
            return ""
        }
    }

    /// How much of arguments that cannot be read is kept, in characters.
    private static let malformedLengthMaximum = 2_000

    /// Why a tool cannot be called with these arguments; nil when it can.
    func problem(with arguments: JSONObject, of tool: String) -> String? {
        guard let schema = schemas[tool] else { return nil }
        let violations = schema.validate(.object(arguments))
        guard !violations.isEmpty else { return nil }
        return "The arguments do not fit the tool: \(violations.sentence(calling: "they"))."
    }
}
