public import Core

/// The providers of models and the MCP servers.
public struct ProviderList: Sendable {
    public var providers: [Provider]
    public var toolServers: [ToolServer]
    /// As the API gave it.
    public var json: JSON

    public struct Provider: Sendable {
        public var name: String
        public var baseURL: String
        /// Where its key is; nil when it needs none.
        public var key: String?
        /// What is missing; nil when all is there.
        public var problem: String?
        public var models: [String]
    }

    public struct ToolServer: Sendable {
        public var name: String
        /// Its program or its address.
        public var place: String
        /// `idle`, `connected` or `failed`.
        public var state: String
        public var problem: String?
    }

    init(_ json: JSON) throws {
        let fields = try Fields(json, "a list of providers")
        self.json = json
        providers = try fields.array("providers").map { provider in
            let fields = try Fields(provider, "a provider")
            return Provider(
                name: try fields.string("name"), baseURL: try fields.string("base_url"), key: fields.text("key"),
                problem: fields.text("problem"), models: fields.texts("models"))
        }
        toolServers = try fields.array("mcp_servers").map { server in
            let fields = try Fields(server, "an MCP server")
            return ToolServer(
                name: try fields.string("name"), place: try fields.string("place"), state: try fields.string("state"),
                problem: fields.text("problem"))
        }
    }
}

/// How far the test of a connection has come.
public struct ConnectionReport: Sendable {
    public var isFine: Bool
    public var milliseconds: Int64
    /// The model that was asked, of a provider.
    public var model: String?
    public var checks: [Check]
    /// As the API gave it.
    public var json: JSON

    public struct Check: Sendable {
        /// `secrets`, `name_resolution`, `connection`, `authentication`, `model` or `tools`.
        public var name: String
        /// `passed`, `failed` or `unknown`.
        public var state: String
        public var detail: String?
        public var hint: String?
    }

    init(_ json: JSON) throws {
        let fields = try Fields(json, "a test")
        self.json = json
        isFine = json["ok"]?.boolValue ?? false
        milliseconds = try fields.integer("duration_ms")
        model = fields.text("model")
        checks = try fields.array("checks").map { check in
            let fields = try Fields(check, "a check")
            return Check(
                name: try fields.string("name"), state: try fields.string("state"), detail: fields.text("detail"),
                hint: fields.text("hint"))
        }
    }
}
