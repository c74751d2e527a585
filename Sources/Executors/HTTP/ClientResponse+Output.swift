internal import Core
internal import HTTPClient

extension ClientResponse {
    /// What steps and tools hand over of an answer: `status`, `headers` by name in lower case, and the `body` as JSON or text.
    func output(body: [UInt8]) -> JSON {
        var fields = JSONObject()
        for (name, value) in headers {
            let name = name.lowercased()
            fields[name] = .string((fields[name]?.stringValue.map { $0 + ", " } ?? "") + value)
        }
        return [
            "status": .int(Int64(status)), "headers": .object(fields),
            "body": body.isEmpty ? nil : JSON(valueOrText: body),
        ]
    }

    /// The media type without parameters, in lower case.
    var mediaType: String? { headers["Content-Type"]?.split(separator: ";").first.map { $0.lowercased().trimmed } }

    /// Why a body cannot be handed over, as the rest of a sentence; nil when it can.
    func problem(with body: [UInt8]) -> String? {
        let type = mediaType ?? "no stated type"
        guard String(validating: body, as: UTF8.self) != nil else {
            return "was answered with \(body.count) bytes of \(type) that are not text in UTF-8."
        }
        guard type == "application/json" || type.hasSuffix("+json"), !body.isEmpty else { return nil }
        do {
            _ = try JSON(parsing: body)
            return nil
        } catch {
            return "was answered with \(type) that is not valid JSON."
        }
    }
}
