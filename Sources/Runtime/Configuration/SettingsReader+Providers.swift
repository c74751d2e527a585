internal import Core
internal import Plans
internal import Providers
internal import Secrets

extension SettingsReader {
    /// Reads `providers:`. One that is known anyway keeps what is not said about it.
    mutating func providers(_ entry: PositionedValue.Entry) -> [String: ProviderSettings] {
        var providers: [String: ProviderSettings] = [:]
        for provider in entries(of: entry.value, "\"providers\"", known: nil) {
            providers[provider.name] = self.provider(provider)
        }
        return providers
    }

    private mutating func provider(_ entry: PositionedValue.Entry) -> ProviderSettings? {
        guard ProviderSettings.isName(entry.name) else {
            report(
                "\"\(entry.name)\" cannot be the name of a provider", at: entry.place,
                hint: ProviderSettings.nameRule)
            return nil
        }
        let what = "the provider \"\(entry.name)\""
        let known = ProviderSettings.known[entry.name]
        var settings = known ?? ProviderSettings(baseURL: "")
        var kind: ProviderKind?
        var search: PositionedValue.Entry?
        var isRead = true
        for field in entries(
            of: entry.value, what, known: ["kind", "base_url", "key", "headers", "context_window", "web_search"])
        {
            switch field.name {
            case "kind":
                kind = field.value.json.stringValue.flatMap(ProviderKind.init(rawValue:))
                if kind == nil {
                    let words = ProviderKind.allCases.map(\.rawValue).joined(separator: ", ")
                    report("\"kind\" must be one of \(words)", at: field.value.place)
                }
            case "base_url":
                let text = baseURL(field)
                isRead = text != nil
                settings.baseURL = text ?? ""
                // The official key is not for others.
                if known != nil, entry.value.json["key"] == nil { settings.key = nil }
            case "key":
                settings.key = reference(field)
            case "headers":
                settings.headers = texts(field, isName: Self.isHeaderName, called: "the name of a header field")
                    .map { ProviderSettings.Header(name: $0.name, value: $0.value) }
            case "web_search": search = field
            default: settings.contextWindows = contextWindows(field)
            }
        }
        if let kind {
            settings.kind = kind
            if entry.value.json["base_url"] == nil { settings.baseURL = kind.officialBaseURL }
        }
        settings.webSearch = search.flatMap { webSearch($0, of: settings.kind) }
        guard settings.baseURL.isEmpty else { return settings }
        if isRead, entry.value.entries != nil {
            report(
                "\(what) has no base_url", at: entry.place,
                hint: "base_url: http://127.0.0.1:11434/v1, or kind: anthropic for where that is served")
        }
        return nil
    }

    /// A mistake here is told when the file is read, as all others are: an engine that began all the same would fail the
    /// tasks of that provider one by one, at night, when nobody looks.
    private mutating func baseURL(_ entry: PositionedValue.Entry) -> String? {
        guard let text = string(entry) else { return nil }
        guard let mistake = ProviderSettings.mistake(inBaseURL: text) else { return text }
        report(
            "\"base_url\" \(mistake)", at: entry.value.place,
            hint: "write it like \(ProviderSettings.baseURLExamples)")
        return nil
    }

    /// A number for all models, or numbers by patterns.
    private mutating func contextWindows(_ entry: PositionedValue.Entry) -> [ContextWindow] {
        let range = 1...Limits.contextWindowMaximum
        guard let patterns = entry.value.entries else {
            return integer(entry, in: range).map { [ContextWindow(pattern: "*", tokens: $0)] } ?? []
        }
        return patterns.compactMap { pattern in
            integer(pattern, in: range).map { ContextWindow(pattern: pattern.name, tokens: $0) }
        }
    }

    /// A mapping from names to texts, some of which are secrets.
    mutating func texts(
        _ entry: PositionedValue.Entry, isName: (String) -> Bool, called what: String
    ) -> [(name: String, value: ConfiguredText)] {
        entries(of: entry.value, "\"\(entry.name)\"", known: nil).compactMap { field in
            guard isName(field.name) else {
                report("\"\(field.name)\" cannot be \(what)", at: field.place)
                return nil
            }
            return text(field).map { (field.name, $0) }
        }
    }

    /// A `token` of RFC 9110 §5.6.2.
    static func isHeaderName(_ name: String) -> Bool {
        let others = Set("!#$%&'*+-.^_`|~".utf8)
        return !name.isEmpty
            && name.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || others.contains(byte)
            }
    }
}
