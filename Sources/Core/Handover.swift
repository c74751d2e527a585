/// Hands a value that belongs to one thread over to another.
///
/// Unchecked: the giver creates the value and gives it up; `take` is called once, by the thread that uses it from then on.
public final class Handover<Value>: @unchecked Sendable {
    private let value: Value

    public init(_ value: Value) {
        self.value = value
    }

    /// The value, for the thread it belongs to from now on.
    public func take() -> Value { value }
}
