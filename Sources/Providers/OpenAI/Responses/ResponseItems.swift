internal import Core

/// The output items of an answer in order, told apart by their index.
struct ResponseItems: Sendable {
    private(set) var items: [ResponseItem] = []
    private var places: [Int64: Int] = [:]
    private var ids = ToolCallIDs()
    /// What is held in memory, in bytes; what goes back in the next turn included.
    private(set) var bytesHeld = 0

    var isEmpty: Bool { items.isEmpty }

    /// The provider begins an item.
    mutating func begin(_ item: JSON, at index: Int64?, _ errors: UpstreamErrors) throws -> [ModelEvent] {
        let kind = ResponseItem.Kind(type: item["type"]?.stringValue)
        let place = try append(ResponseItem(kind: kind, id: item["id"]?.stringValue), at: index, errors)
        guard kind == .toolCall else { return [] }
        items[place].callID = ids.next(item["call_id"]?.stringValue)
        items[place].name = item["name"]?.stringValue ?? ""
        bytesHeld += items[place].bytesHeld
        return [.toolCall(id: items[place].callID, name: items[place].name)]
    }

    /// An item is done; one that nobody had begun is begun.
    mutating func complete(_ item: JSON, at index: Int64?, _ errors: UpstreamErrors) throws -> [ModelEvent] {
        var events: [ModelEvent] = []
        let kind = ResponseItem.Kind(type: item["type"]?.stringValue)
        let place: Int
        if let known = self.place(of: item, kind, at: index) {
            place = known
        } else {
            events = try begin(item, at: index, errors)
            place = items.count - 1
        }
        let before = items[place].bytesHeld
        events += items[place].complete(with: item)
        bytesHeld += items[place].bytesHeld - before + (items[place].returned?.bytes.count ?? 0)
        return events
    }

    /// Completes the items that the final report has and nobody has completed; takes all of it when nothing had
    /// arrived before.
    mutating func complete(with output: JSON?, _ errors: UpstreamErrors) throws -> [ModelEvent] {
        var events: [ModelEvent] = []
        let isAllNew = items.isEmpty
        for (index, item) in (output?.arrayValue ?? []).enumerated() {
            let kind = ResponseItem.Kind(type: item["type"]?.stringValue)
            guard isAllNew || place(of: item, kind, at: Int64(index)) != nil else { continue }
            events += try complete(item, at: Int64(index), errors)
        }
        return events
    }

    /// A stretch of an item; a server that did not begin it begins it with this.
    /// - Returns: whether it is of the item that began last.
    @discardableResult
    mutating func extend(
        _ kind: ResponseItem.Kind, at index: Int64?, with stretch: String, _ errors: UpstreamErrors
    ) throws -> Bool {
        let place = try place(for: kind, at: index, errors)
        items[place].text += stretch
        bytesHeld += stretch.utf8.count
        return place == items.count - 1
    }

    /// Whether there is an item of that kind at that index to which something was added.
    func hasText(_ kind: ResponseItem.Kind, at index: Int64?) -> Bool {
        index.flatMap { places[$0] }.map { items[$0].kind == kind && !items[$0].text.isEmpty } ?? false
    }

    /// A message names a page.
    mutating func cite(_ annotation: JSON, at index: Int64?, _ errors: UpstreamErrors) throws {
        let place = try place(for: .message, at: index, errors)
        let before = items[place].bytesHeld
        items[place].sources.add(annotations: [annotation])
        bytesHeld += items[place].bytesHeld - before
    }

    private mutating func place(
        for kind: ResponseItem.Kind, at index: Int64?, _ errors: UpstreamErrors
    ) throws -> Int {
        let known = index.map { places[$0] } ?? items.lastIndex { $0.kind == kind }
        if let known, items[known].kind == kind { return known }
        var item = ResponseItem(kind: kind)
        if kind == .toolCall { item.callID = ids.next(nil) }
        return try append(item, at: index, errors)
    }

    private mutating func append(_ item: ResponseItem, at index: Int64?, _ errors: UpstreamErrors) throws -> Int {
        guard items.count < Limits.modelAnswerItemsMaximum else {
            throw errors.failure("sent an answer of more than \(Limits.modelAnswerItemsMaximum) items")
        }
        if let index { places[index] = items.count }
        items.append(item)
        return items.count - 1
    }

    /// The item that a report is about: by its id, else by its index when it is of the same kind.
    private func place(of item: JSON, _ kind: ResponseItem.Kind, at index: Int64?) -> Int? {
        if let place = index.flatMap({ places[$0] }), items[place].kind == kind {
            let id = item["id"]?.stringValue
            if id == nil || items[place].id == nil || items[place].id == id { return place }
        }
        guard let id = item["id"]?.stringValue, !id.isEmpty else { return nil }
        return items.lastIndex { $0.id == id && $0.kind == kind }
    }
}
