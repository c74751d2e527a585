internal import Core
internal import HTTPServer
internal import Runtime

/// `/api/settings`: what is in force, and what the settings file says for the next start.
struct SettingsResource: Sendable {
    let runtime: Runtime

    var operations: [Operation] { [list, get, write, remove] }

    private static let name = Parameter.path("name", "The name of a setting, such as retention.days.")

    private var list: Operation {
        Operation(
            .get, "/api/settings", "listSettings", "All settings: meaning, range, default, value and who has said so.",
            answers: [
                .json(
                    "All of them.",
                    .object(["file": .text.saying("Where changes are written."), "settings": .array(of: .setting)]))
            ], problems: [.configuration]
        ) { _ in
            let (file, settings) = try await runtime.settings()
            return .json(["file": .string(file), "settings": .array(settings.map(\.json))])
        }
    }

    private var get: Operation {
        Operation(
            .get, "/api/settings/{name}", "getSetting", "A setting.", parameters: [Self.name, Parameter.ifNoneMatch],
            answers: [.json("The setting.", .setting).withFileVersion, .notModified],
            problems: [.notFound, .configuration]
        ) { call in
            let setting = try await runtime.setting(try call[Self.name])
            return try call.answer(setting.json, version: setting.version)
        }
    }

    private var write: Operation {
        Operation(
            .put, "/api/settings/{name}", "writeSetting",
            "Writes a setting into the settings file, as `signalbox settings set` does; it takes effect at the next start.",
            parameters: [Self.name, Parameter.ifMatch], body: .json(.settingRequest),
            answers: [.json("The setting.", .setting).withFileVersion],
            problems: [.notFound, .preconditionFailed, .configuration]
        ) { call in
            var reader = try ObjectReader(try call.json())
            let value = reader.value("value")
            if value == nil {
                reader.add(
                    "the member \"value\" is missing or null", at: "value",
                    hint: "DELETE takes a setting out of the file")
            }
            try reader.finish()
            return try await answer(to: call, writing: value)
        }
    }

    private var remove: Operation {
        Operation(
            .delete, "/api/settings/{name}", "removeSetting",
            "Takes a setting out of the settings file, so that its default or a variable counts from the next start on.",
            parameters: [Self.name, Parameter.ifMatch], answers: [.json("The setting.", .setting).withFileVersion],
            problems: [.notFound, .preconditionFailed, .configuration]
        ) { try await answer(to: $0, writing: nil) }
    }

    private func answer(to call: Call, writing value: JSON?) async throws -> Response {
        let name = try call[Self.name]
        try await runtime.write(setting: name, value, if: try call.versionCondition())
        let setting = try await runtime.setting(name)
        return .json(setting.json).of(version: setting.version)
    }
}

extension Schema {
    /// `SettingState.json`
    fileprivate static let setting = Schema.object(
        [
            "name": .text, "meaning": .text, "can_be": .text.saying("For people."),
            "type": .word(["integer", "limit", "days", "cost", "text", "model", "user", "choice"]), "default": .text,
            "value": .text.saying("What is in force, for people."),
            "origin": .text.saying("Who has said so: a flag, a variable, the path of a file, or `default`."),
            "variable": .text.saying("The variable that says it, too; it goes before the file."), "writable": .boolean,
            "restart_needed": .boolean.saying("Whether something else is in force after the next start: `next`."),
        ],
        optional: [
            "minimum": .integer, "maximum": .integer, "choices": .array(of: .text),
            "in_file": .anything.saying("What the settings file says; null for an explicit none."),
            "next": .object(["value": .text, "origin": .text]),
        ]
    ).named("Setting")

    fileprivate static let settingRequest = Schema.input(
        [
            "value": .any(of: .text, Schema(["type": "number"])).saying(
                "As the file says it; `none` or `forever` as texts.")
        ]
    ).named("SettingRequest")
}

extension Answer {
    /// The same, with the version of what the file says.
    fileprivate var withFileVersion: Answer {
        var answer = self
        answer.headers.append(("ETag", "The version of what the settings file says of it, for `If-Match`."))
        return answer
    }
}

extension SettingState {
    fileprivate var json: JSON {
        var object: JSONObject = [
            "name": .string(definition.name), "meaning": .string(definition.meaning),
            "can_be": .string(definition.rule),
        ]
        for member in definition.kind.json { object[member.name] = member.value }
        object["default"] = .string(definition.defaultText)
        object["value"] = .string(inForce.value)
        object["origin"] = .string(inForce.origin)
        object["variable"] = .string(definition.variable)
        object["writable"] = .bool(definition.isWritable)
        object["in_file"] = inFile
        object["restart_needed"] = .bool(next != nil)
        object["next"] = next.map { ["value": .string($0.value), "origin": .string($0.origin)] }
        return .object(object)
    }
}

extension SettingKind {
    /// What a form needs to know of it.
    fileprivate var json: JSONObject {
        switch self {
        case .integer(let range): Self.members("integer", range)
        case .limit(let range): Self.members("limit", range)
        case .days(let range): Self.members("days", range)
        case .cost: ["type": "cost"]
        case .text, .networks: ["type": "text"]
        case .model: ["type": "model"]
        case .user: ["type": "user"]
        case .choice(let words): ["type": "choice", "choices": .array(words.map(JSON.string))]
        }
    }

    private static func members(_ type: String, _ range: ClosedRange<Int>) -> JSONObject {
        [
            "type": .string(type), "minimum": .int(Int64(range.lowerBound)), "maximum": .int(Int64(range.upperBound)),
        ]
    }
}
