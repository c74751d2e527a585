internal import Core

/// A request as it came in.
public struct KeptRequest: Sendable {
    /// Counted from 1.
    public var number: Int64
    public var method: String
    /// With its query.
    public var target: String
    /// By name in lower case; keys are left out.
    public var headers: [String: String]
    public var body: [UInt8]
    /// What it was answered with.
    public var status: Int

    /// For those who ask over HTTP.
    var json: JSON {
        [
            "number": .int(number), "method": .string(method), "target": .string(target),
            "headers": .object(JSONObject(headers.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })),
            "body": JSON(valueOrText: body), "status": .int(Int64(status)),
        ]
    }
}
