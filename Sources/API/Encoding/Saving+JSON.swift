internal import Core
internal import Runtime

extension Saving {
    /// A version with what saving it has come to.
    func telling(_ version: JSON) -> JSON {
        guard case .object(var object) = version else { preconditionFailure("A version is an object.") }
        object["outcome"] = .string(rawValue)
        return .object(object)
    }
}
