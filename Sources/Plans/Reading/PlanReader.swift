internal import Core

/// Reads plan documents.
public enum PlanReader: Sendable {
    /// The plan that the text describes, checked as far as can be without running it.
    /// - Throws: `SignalboxError` with code `invalid_plan`; its diagnostics are all mistakes, in the text's order.
    public static func read(_ source: PlanSource) throws -> Plan {
        var reader = DocumentReader(source)
        return try reader.plan()
    }

    /// The plan of a task that has begun. What this version would refuse and an earlier one has accepted is let be.
    /// - Throws: `SignalboxError` with code `invalid_plan` when it cannot be read at all.
    public static func readStored(_ source: PlanSource) throws -> Plan {
        var reader = DocumentReader(source, isStored: true)
        return try reader.plan()
    }

    /// Paths, relative to the plan, of the files it names: those of commands, of script models and of child tasks; and
    /// those that the plans among them name. Mistakes in the text are not reported here; paths that leave the plan's
    /// directory are left out.
    /// - Parameter contents: gives the text of a plan among the files, nil if it cannot be read.
    public static func referencedFiles(
        in text: String, path: String, contents: (String) -> String? = { _ in nil }
    ) -> [String] {
        guard text.utf8.count <= Limits.planBytesMaximum else { return [] }
        guard let root = YAMLComposer.compose(SourceText(path: path, text: text)).root else { return [] }
        return PlanFiles(namedBy: root, contents: contents).paths.sorted()
    }
}

/// The models that answer from a file of the plan, written `script/FILE`.
public enum ScriptModel: Sendable {
    /// The file, relative to the plan, of a model's name; nil for a model of another provider.
    public static func path(of model: String) -> String? {
        model.hasPrefix("script/") ? String(model.dropFirst("script/".count)) : nil
    }
}

extension YAMLNode {
    /// The entries, if this is a mapping.
    var entries: [Entry]? {
        guard case .mapping(let entries) = content else { return nil }
        return entries
    }

    /// The elements, if this is a list.
    var elements: [YAMLNode]? {
        guard case .sequence(let elements) = content else { return nil }
        return elements
    }
}
