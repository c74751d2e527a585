internal import Plans
internal import Store

extension PlanRow {
    /// The document, as the reader of plans takes it.
    var source: PlanSource { PlanSource(path: path, text: text, files: files) }
}
