internal import Core
internal import HTTPServer

extension ResponsesDialect {
    func events(
        _ reply: FakeReply, to request: FakeRequest, _ identity: AnswerIdentity, failure: JSON?
    ) -> [[UInt8]] {
        var stream = EventSequence()
        let items = items(of: reply, to: request, identity)
        let begun = response(reply, to: request, identity, status: "in_progress", output: [])
        stream.add("response.created", ["response": begun])
        stream.add("response.in_progress", ["response": begun])
        for (place, item) in items.enumerated() {
            let index = JSON.int(Int64(place))
            stream.add("response.output_item.added", ["output_index": index, "item": item.begun])
            for (kind, members) in item.events {
                let place: JSONObject = ["item_id": item.whole["id"] ?? .null, "output_index": index]
                stream.add(kind, place.overridden(by: members))
            }
            stream.add("response.output_item.done", ["output_index": index, "item": item.whole])
        }
        if let failure {
            let error = failure["error"]
            stream.add(
                "error",
                [
                    "code": error?["code"] ?? .null, "message": error?["message"] ?? "",
                    "param": error?["param"] ?? .null,
                ])
            return stream.events
        }
        let status = Self.status(of: reply)
        stream.add(
            "response.\(status)",
            ["response": response(reply, to: request, identity, status: status, output: items.map(\.whole))])
        return stream.events
    }
}

/// The events of a response, which are numbered.
private struct EventSequence {
    var events: [[UInt8]] = []

    mutating func add(_ kind: String, _ members: JSONObject) {
        let head: JSONObject = ["type": .string(kind), "sequence_number": .int(Int64(events.count))]
        events.append(JSON.object(head.overridden(by: members)).event(named: kind))
    }
}
