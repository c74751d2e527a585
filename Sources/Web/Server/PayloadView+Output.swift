internal import Core

extension PayloadView.Content {
    /// Of a text that long only the beginning is looked at to tell what it is.
    private static let lookedAtBytesMaximum = 64 << 10

    /// How an output is shown, and the media type that stands beside it.
    static func output(_ value: JSON) -> (content: PayloadView.Content, mediaType: String) {
        guard let text = value.stringValue else {
            return (TableView(value).map { .table($0, value) } ?? .json(value), "application/json")
        }
        if Markdown.isLikely(text) { return (.markdown(text), "text/markdown") }
        let beginning = text.beginning(bytes: lookedAtBytesMaximum)
        let isCut = beginning.utf8.count < text.utf8.count
        if let table = TableView(delimited: beginning, isCut: isCut) { return (.table(table, nil), "text/csv") }
        return (.text(text), "text/plain")
    }
}
