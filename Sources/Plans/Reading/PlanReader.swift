internal import Core

/// Reads plan documents.
public enum PlanReader: Sendable {
    /// The plan that the text describes, checked as far as can be without running it.
    /// - Throws: `SignalboxError` with code `invalid_plan`; its diagnostics are all mistakes, in the text's order.
    public static func read(_ source: PlanSource) throws -> Plan {
        var reader = DocumentReader(source)
        return try reader.plan()
    }

    /// Paths, relative to the plan, of the files it names: those of commands and of script models. Mistakes in the text
    /// are not reported here; paths that leave the plan's directory are left out.
    public static func referencedFiles(in text: String, path: String) -> [String] {
        guard text.utf8.count <= Limits.planBytesMaximum else { return [] }
        guard let root = YAMLComposer.compose(SourceText(path: path, text: text)).root else { return [] }
        return referencedFiles(below: root).filter(PlanNames.isConfinedPath).sorted()
    }

    /// The paths that a plan names, right or wrong.
    static func referencedFiles(below root: YAMLNode) -> Set<String> {
        var paths: Set<String> = []
        for agent in root["agents"]?.entries ?? [] {
            if let model = agent.value["model"]?.scalar?.text, let script = ScriptModel.path(of: model) {
                paths.insert(script)
            }
        }
        for step in root["steps"]?.entries ?? [] {
            for file in step.value["files"]?.elements ?? [] {
                if let file = file.scalar { paths.insert(file.text) }
            }
        }
        return paths
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
