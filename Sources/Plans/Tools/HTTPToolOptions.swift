/// What an agent may do with its `http` tool.
public struct HTTPToolOptions: Sendable, Hashable {
    /// Hosts it may reach: names, `*.example.com`, addresses; any port, unless one is named. Nil for any public
    /// one.
    public var hosts: [String]?
    /// In capitals.
    public var methods: [String]
    /// Networks beside the public ones it may reach: host names, addresses, or ranges such as `10.0.0.0/8`.
    public var privateHosts: [String]

    public init(hosts: [String]? = nil, methods: [String] = Self.methodsDefault, privateHosts: [String] = []) {
        self.hosts = hosts
        self.methods = methods
        self.privateHosts = privateHosts
    }

    /// Those that change nothing.
    public static let methodsDefault = ["GET", "HEAD"]
    /// All that change nothing.
    public static let readingMethods: Set = ["GET", "HEAD", "OPTIONS"]
}
