/// The variables of an evaluation, by name. A name may have dots: `a.b.c` then looks for `a.b.c`, `a.b` and `a`.
public struct Scope: Sendable {
    private var variables: [String: Value]
    /// Whether any name has a dot, so that member selection has to look for it.
    private(set) var hasQualifiedNames: Bool

    /// A scope with these variables.
    public init(_ variables: [String: Value] = [:]) {
        self.variables = variables
        hasQualifiedNames = variables.keys.contains { $0.utf8.contains(UInt8(ascii: ".")) }
    }

    /// The variable of that name. Setting nil removes it.
    public subscript(name: String) -> Value? {
        get { variables[name] }
        set {
            variables[name] = newValue
            if newValue != nil, name.utf8.contains(UInt8(ascii: ".")) { hasQualifiedNames = true }
        }
    }

    /// The names, sorted: for hints.
    var names: [String] { variables.keys.sorted() }
}
