internal import Client
internal import Core
internal import Runtime

/// The settings that count: those of the server that runs, else those that the next one will have.
struct SettingsInForce: Sendable {
    struct Row: Sendable {
        var name: String
        var value: String
        var origin: String
        /// What is in force after the next start, when that is something else, and who says so.
        var next: (value: String, origin: String)?
    }

    /// The address of the server that was asked; nil when none runs.
    let server: String?
    /// Where changes are written.
    let file: String
    let rows: [Row]

    /// - Parameter client: the server that runs; nil for none.
    init(_ settings: Settings, _ client: SignalboxClient?) async throws {
        server = client?.place
        guard let client else {
            file = settings.file
            rows = settings.origins.map { Row(name: $0.name, value: $0.value, origin: $0.origin) }
            return
        }
        let answer = try await client.settings()
        file = answer["file"]?.stringValue ?? settings.file
        rows = (answer["settings"]?.arrayValue ?? []).map { setting in
            func text(_ name: String, of json: JSON) -> String { json[name]?.stringValue ?? "" }
            return Row(
                name: text("name", of: setting), value: text("value", of: setting), origin: text("origin", of: setting),
                next: setting["next"].map { (text("value", of: $0), text("origin", of: $0)) })
        }
    }

    /// Whose they are.
    var title: String {
        server.map { "Settings of the server on \($0):" } ?? "No server runs; settings as the next one will have them:"
    }

    /// What the next start changes.
    var changes: [String] {
        rows.compactMap { row in
            row.next.map {
                "After the next start \(row.name) is \(DisplayText.line($0.value)) (\(DisplayText.line($0.origin)))"
            }
        }
    }

    /// For programs.
    var json: JSON {
        .array(
            rows.map { row in
                var object: JSONObject = [
                    "name": .string(row.name), "value": .string(row.value), "origin": .string(row.origin),
                ]
                object["next"] = row.next.map { ["value": .string($0.value), "origin": .string($0.origin)] }
                return .object(object)
            })
    }
}
