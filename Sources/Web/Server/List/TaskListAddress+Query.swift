internal import API
internal import Core
internal import HTTPServer
internal import Store

extension TaskListAddress {
    /// Reads what stands behind the question mark of the page. A form sends each of its fields, also those that nobody
    /// has filled in: they say nothing. Of what stands there several times, as boxes of a form do, all is meant.
    init(_ query: Query) {
        self.init()
        for name in TaskListNames.all {
            let values = query.all(name).filter { !$0.isEmpty }
            if !values.isEmpty { texts[name] = values.joined(separator: ",") }
        }
        if texts["from"] == nil, texts["to"] == nil { texts["zone"] = nil }
        for (name, standard) in [("page", "1"), ("size", String(Self.sizes[0])), ("sort", "-created")]
        where texts[name] == standard { texts[name] = nil }
        layout = query["layout"].flatMap(Layout.init) ?? .table
        isStartedShown = query["started"] == "shown"
        let numbers = (query["open"] ?? "").split(separator: ",").prefix(Self.openedMaximum).compactMap { Int64($0) }
        opened = numbers.map(TaskNumber.init(rawValue:))
        for group in TaskGroup.allCases {
            guard let page = query["\(group.rawValue)-page"].flatMap({ Int($0) }), (2...1_000_000).contains(page)
            else { continue }
            groupPages[group] = page
        }
    }

    /// Whether the address that was asked for says more than it needs to, as that of a form without scripts does.
    static func isWordy(_ query: Query) -> Bool {
        query.contains { $0.value.isEmpty || query.all($0.name).count > 1 }
    }

    /// Reads what a form carries along of the list that it stands in.
    /// - Throws: `SignalboxError` with code `malformed_request`.
    init(query text: String) throws {
        let request = try Request(.get, "/tasks?\(text)")
        self.init(request.query)
    }
}
