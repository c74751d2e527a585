/// The other side answered that it will not do it, now or later: the cause of an `upstream_error`, for those who say what
/// has to be changed.
public struct PermanentRefusal: Error, Sendable, Hashable {
    /// Of its answer, such as 401.
    public var status: Int

    public init(status: Int) {
        self.status = status
    }
}
