public import Core

extension PlanSource {
    /// What the text says, whatever it is written in: mappings as objects.
    /// - Returns: nil for a text that is neither YAML nor JSON.
    public var document: JSON? {
        guard text.utf8.count <= Limits.planBytesMaximum else { return nil }
        return YAMLComposer.compose(SourceText(path: path, text: text)).root?.json
    }
}
