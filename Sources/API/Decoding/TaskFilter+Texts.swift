internal import Core
internal import Engine
internal import HTTPServer
internal import Runtime
public import Store

extension TaskFilter {
    /// Reads filters by their names, each as an address says it: `status` is `failed,cancelled`.
    /// - Throws: `SignalboxError` with code `invalid_input`.
    public init(texts: [String: String]) throws {
        typealias List = ListParameters
        self.init()
        statuses = try List.status.decode(texts[List.status.name]).map(\.rawValue)
        groups = try List.group.decode(texts[List.group.name])
        waitingReasons = try List.waiting.decode(texts[List.waiting.name]).map(\.rawValue)
        causes = try List.cause.decode(texts[List.cause.name]).map(\.rawValue)
        triggers = try List.trigger.decode(texts[List.trigger.name]).map(\.rawValue)
        models = texts[List.model.name].map { [$0] } ?? []
        plans = texts[List.plan.name].map { [$0] } ?? []
        tags = texts[List.tag.name].map { [$0] } ?? []
        let zone = try texts[List.zone.name].map(TimeZoneRules.named)
        from = try Self.time(texts[List.from.name], List.from.name, zone)
        to = try Self.time(texts[List.to.name], List.to.name, zone)
        text = try Self.searched(texts[List.search.name])
        if let from, let to, from > to {
            throw SignalboxError(.invalidInput, "\"from\" is after \"to\": no task can be between them.")
        }
    }

    /// - Throws: `SignalboxError` with code `invalid_input`.
    init(_ call: Call) throws {
        var texts: [String: String] = [:]
        for parameter in ListParameters.filters { texts[parameter.name] = call.request.query[parameter.name] }
        try self.init(texts: texts)
    }

    /// What is to be searched for.
    /// - Throws: `SignalboxError` with code `invalid_input` for a text that is too long.
    static func searched(_ text: String?) throws -> TaskSearchText? {
        guard let text else { return nil }
        guard text.count <= Limits.searchTextLengthMaximum else {
            throw SignalboxError(
                .invalidInput, "What is searched for may have at most \(Limits.searchTextLengthMaximum) characters.")
        }
        return TaskSearchText(text)
    }

    private static func time(_ text: String?, _ name: String, _ zone: TimeZoneRules?) throws -> Timestamp? {
        guard let text else { return nil }
        guard let time = time(text, isEnd: name == "to", in: zone) else {
            throw SignalboxError(
                .invalidInput, "\"\(name)\" is no time.", hint: "Write it as 2026-11-20 or 2026-11-20T15:04:05Z.")
        }
        return time
    }
}

/// Filters in a body: an object whose members are named and written like the parameters of a list.
enum FilterFields: Sendable {
    /// What the members may be.
    static let parameters: [any OperationParameter] = ListParameters.filters + [ListParameters.search]

    static let schema = Schema.input(optional: parameters.map { ($0.name, $0.schema.saying($0.summary)) })
        .named("Filters")

    /// Reads such a member: texts by the names of the filters, each of which can be read. Nil when it is missing or has
    /// mistakes, which are noted.
    static func texts(_ reader: inout ObjectReader, _ member: String) -> [String: String]? {
        guard let object = reader.object(member) else { return nil }
        do {
            var fields = try ObjectReader(.object(object), at: reader.pointer(to: member))
            let texts = texts(&fields)
            let mistakes = fields.mistakes()
            reader.add(mistakes)
            return mistakes.isEmpty ? texts : nil
        } catch {
            preconditionFailure("An object can be read as one.")
        }
    }

    /// A message as part of a sentence.
    static func sentence(_ message: String) -> String {
        message.hasSuffix(".") ? String(message.dropLast()) : message
    }

    private static func texts(_ fields: inout ObjectReader) -> [String: String] {
        var texts: [String: String] = [:]
        for parameter in parameters {
            guard let text = fields.string(parameter.name) else { continue }
            do {
                _ = try TaskFilter(texts: [parameter.name: text])
                texts[parameter.name] = text
            } catch {
                let error = error as? SignalboxError
                fields.add(sentence(error?.message ?? "it cannot be read"), at: parameter.name, hint: error?.hint)
            }
        }
        return texts
    }
}
