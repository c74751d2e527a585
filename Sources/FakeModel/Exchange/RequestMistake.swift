/// Why a request is refused, in the words of the interface it came by.
struct RequestMistake: Error, Sendable {
    var status = 400
    var message: String
    /// Which part of the request is wrong, where the interface tells it apart.
    var parameter: String?
    /// The word for programs, where the interface has one beside the kind.
    var code: String?
    /// The kind of error; nil for the usual one of the status.
    var kind: String?

    init(_ message: String, status: Int = 400, parameter: String? = nil, code: String? = nil, kind: String? = nil) {
        self.message = message
        self.status = status
        self.parameter = parameter
        self.code = code
        self.kind = kind
    }
}
