internal import Core

/// The pages that an answer names as its sources, each once, in order.
struct WebSources: Sendable {
    private(set) var sources: [WebSearch.Source] = []
    private var places: [String: Int] = [:]
    /// What is held in memory, in bytes.
    private(set) var bytesHeld = 0

    /// Adds a page; a title that was missing is filled in. Only so many are kept.
    mutating func add(url: String?, title: String?) {
        guard let url, !url.isEmpty else { return }
        if let place = places[url] {
            if sources[place].title.isEmpty { sources[place].title = title ?? "" }
            return
        }
        guard sources.count < Limits.modelSourcesMaximum else { return }
        places[url] = sources.count
        sources.append(WebSearch.Source(url: url, title: title ?? ""))
        bytesHeld += url.utf8.count + (title?.utf8.count ?? 0)
    }

    /// Takes annotations: `url_citation` of chat completions has an object of its own, that of responses none.
    mutating func add(annotations: JSON?) {
        for annotation in annotations?.arrayValue ?? [] {
            guard annotation["type"]?.stringValue == "url_citation" else { continue }
            let citation = annotation["url_citation"] ?? annotation
            add(url: citation["url"]?.stringValue, title: citation["title"]?.stringValue)
        }
    }
}
