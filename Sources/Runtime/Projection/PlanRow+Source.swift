public import Plans
public import Store

extension PlanRow {
    /// The document, as the reader of plans takes it.
    public var source: PlanSource { PlanSource(path: path, text: text, files: files) }
}
