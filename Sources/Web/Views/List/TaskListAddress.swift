internal import API
public import Core
public import Store

/// What the address of the list says: the same list again for whoever opens it. Filters, order and part are named and
/// written as in `GET /api/tasks`; the rest says how they are shown.
public struct TaskListAddress: Sendable, Hashable {
    /// How tasks are laid out.
    public enum Layout: String, Sendable, CaseIterable {
        /// Rows with all columns.
        case table
        /// Cards under the group that each task is in.
        case groups
    }

    /// Parameters of the API by their names; none is empty.
    public var texts: [String: String] = [:]
    public var layout = Layout.table
    /// Whether the column *Started* is shown.
    public var isStartedShown = false
    /// The cards that are unfolded.
    public var opened: [TaskNumber] = []
    /// Which page of a group is shown; those that show their first one are left out.
    public var groupPages: [TaskGroup: Int] = [:]

    /// How many rows a page of the table may have; the first is the default.
    public static let sizes = [25, 50, 100]
    /// How many cards a page of a group has.
    public static let groupSize = 5
    /// How many cards are unfolded at once at most.
    public static let openedMaximum = 20

    public init(_ texts: [String: String] = [:], layout: Layout = .table) {
        self.texts = texts
        self.layout = layout
    }

    /// The filters that are set, in the order in which people read them.
    public var filters: [(name: String, value: String)] {
        TaskListNames.filters.compactMap { name in texts[name].map { (name, $0) } }
    }

    /// Whether it leaves some tasks out.
    public var isFiltered: Bool { filters.contains { $0.name != "zone" } }

    /// Which page of the table is shown, from 1.
    public var page: Int { texts["page"].flatMap { Int($0) } ?? 1 }

    /// How many rows a page of the table has.
    public var size: Int { texts["size"].flatMap { Int($0) } ?? Self.sizes[0] }

    /// The order as the address says it; nil for the newest first.
    public var sort: String? { texts["sort"] }

    /// The same with something changed.
    func changing(_ change: (inout TaskListAddress) -> Void) -> TaskListAddress {
        var address = self
        change(&address)
        return address
    }

    /// The same with another value of a filter, none for nil, from its first page on.
    func with(_ name: String, _ value: String?) -> TaskListAddress {
        changing { address in
            address.texts[name] = value
            address.goToTheBeginning()
        }
    }

    /// The same without any filter.
    var unfiltered: TaskListAddress {
        changing { address in
            for name in TaskListNames.filters { address.texts[name] = nil }
            address.goToTheBeginning()
        }
    }

    /// The newest tasks of the same list.
    var newest: TaskListAddress { with("sort", nil) }

    /// That page of the table. Where no page has a number, `cursor` says where it begins.
    func onPage(_ page: Int, cursor: String? = nil) -> TaskListAddress {
        changing { address in
            address.texts["page"] = page > 1 && cursor == nil ? String(page) : nil
            address.texts["cursor"] = cursor
        }
    }

    mutating func goToTheBeginning() {
        texts["page"] = nil
        texts["cursor"] = nil
        groupPages = [:]
        opened = []
    }

    /// Only filters and order, in their own order: what a named view keeps.
    public var viewQuery: String {
        let names = TaskListNames.filters + ["sort"]
        return Self.query(names.compactMap { name in texts[name].map { (name, $0) } })
    }

    /// All of it, as it stands behind the question mark.
    public var query: String {
        var pairs = TaskListNames.all.compactMap { name in texts[name].map { (name, $0) } }
        if layout != .table { pairs.append(("layout", layout.rawValue)) }
        if isStartedShown { pairs.append(("started", "shown")) }
        if !opened.isEmpty { pairs.append(("open", opened.map { String($0.rawValue) }.joined(separator: ","))) }
        for group in TaskGroup.allCases {
            if let page = groupPages[group] { pairs.append(("\(group.rawValue)-page", String(page))) }
        }
        return Self.query(pairs)
    }

    /// The address itself.
    public var path: String {
        let query = query
        return query.isEmpty ? "/tasks" : "/tasks?\(query)"
    }

    private static func query(_ pairs: [(String, String)]) -> String {
        pairs.map { name, value in
            let parts = value.split(separator: ",", omittingEmptySubsequences: false)
            return "\(name)=\(parts.map { Attachment.percentEncoded(String($0)) }.joined(separator: ","))"
        }.joined(separator: "&")
    }
}
