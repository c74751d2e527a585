/// The parameters after the question mark, decoded, in the order they came; one name may come several times.
public struct Query: Sendable {
    private var parameters: [Parameter] = []

    private struct Parameter: Sendable {
        var name: String
        var value: String
    }

    /// No parameters.
    public init() {}

    /// The value of the first parameter of that name; `?name` alone has the empty value.
    public subscript(name: String) -> String? {
        parameters.first { $0.name == name }?.value
    }

    /// The values of all parameters of that name.
    public func all(_ name: String) -> [String] {
        parameters.lazy.filter { $0.name == name }.map(\.value)
    }

    /// Appends a parameter.
    public mutating func add(_ name: String, _ value: String) {
        parameters.append(Parameter(name: name, value: value))
    }
}

extension Query: RandomAccessCollection {
    public var startIndex: Int { 0 }
    public var endIndex: Int { parameters.count }
    public subscript(place: Int) -> (name: String, value: String) { (parameters[place].name, parameters[place].value) }
}
