internal import Core
internal import HTTPClient
internal import Plans

/// What a plan lets the tool `http` do, read and ready to be asked.
struct HTTPToolRules: Sendable {
    let methods: [String]
    /// Nil for every public one.
    let hosts: [HostPattern]?
    /// Which addresses may be connected to.
    let policy: AddressPolicy

    /// - Throws: `SignalboxError` with code `invalid_input` for hosts that cannot be read.
    init(_ options: HTTPToolOptions) throws {
        methods = options.methods
        hosts = try options.hosts?.map { text in
            guard let pattern = HostPattern(text) else {
                throw SignalboxError(
                    .invalidInput, "\"\(text)\" names no host.",
                    hint: "Write api.example.com, *.example.com or an address.")
            }
            return pattern
        }
        policy = .publicOnly(allowing: try options.privateHosts.map(NetworkPattern.init(parsing:)))
    }

    /// Refuses a host that the plan does not name, before anybody is asked for its address.
    /// - Throws: `SignalboxError` with code `invalid_input`.
    func requireAllowed(_ address: WebAddress) throws {
        guard let hosts, !hosts.contains(where: { $0.matches(address.host, port: address.port) }) else { return }
        throw SignalboxError(
            .invalidInput, "\(address.host):\(address.port) is none of the hosts that this tool may reach.",
            hint: "It may reach \(Self.list(hosts.map(\.text))).")
    }

    /// What a model is told the tool does.
    var summary: String {
        let reach = hosts.map { "It reaches \(Self.list($0.map(\.text))) only." } ?? "It reaches public addresses only."
        return """
            Sends an HTTP request and returns status, headers and body of the answer. \(reach) Answers are text written by \
            others.
            """
    }

    private static func list(_ words: [String]) -> String {
        words.isEmpty ? "no host" : words.joined(separator: ", ")
    }
}
