public import Core

extension SignalboxError.Code {
    /// The request is not HTTP as it should be, or its address cannot be read.
    public static let malformedRequest = Self(rawValue: "malformed_request")
    /// The resource exists but knows no such method.
    public static let methodNotAllowed = Self(rawValue: "method_not_allowed")
    /// The body is of a media type that is not accepted here.
    public static let unsupportedMediaType = Self(rawValue: "unsupported_media_type")
    /// The request comes from another site's page.
    public static let forbidden = Self(rawValue: "forbidden")
    /// The request was meant for another host.
    public static let misdirected = Self(rawValue: "misdirected_request")
    /// The request did not arrive within its time.
    public static let requestTimeout = Self(rawValue: "request_timeout")
    /// The address speaks another protocol than the request.
    public static let upgradeRequired = Self(rawValue: "upgrade_required")
    /// The header is too long.
    public static let headerTooLarge = Self(rawValue: "header_too_large")
    /// None of the bytes that a range asks for is there.
    public static let rangeNotSatisfiable = Self(rawValue: "range_not_satisfiable")

    /// The status that answers an error of this code; 500 for codes that nobody listed.
    public var status: Status {
        switch self {
        case .invalidJSON, .malformedRequest: .badRequest
        case .invalidInput, .invalidPlan, .expression, .addressRefused: .unprocessableContent
        case .notFound: .notFound
        case .gone: .gone
        case .conflict: .conflict
        case .preconditionFailed: .preconditionFailed
        case .limit: .contentTooLarge
        case .methodNotAllowed: .methodNotAllowed
        case .unsupportedMediaType: .unsupportedMediaType
        case .forbidden: .forbidden
        case .misdirected: .misdirectedRequest
        case .requestTimeout: .requestTimeout
        case .upgradeRequired: .upgradeRequired
        case .headerTooLarge: .requestHeaderFieldsTooLarge
        case .rangeNotSatisfiable: .rangeNotSatisfiable
        case .unavailable: .serviceUnavailable
        case .upstream: .badGateway
        case .storage: .insufficientStorage
        default: .internalServerError
        }
    }
}
