internal import Core
internal import Plans

/// Where steps stand in the text of a plan, also of one that has mistakes but of its syntax.
enum StepPlaces: Sendable {
    /// The line of a step, from 1; of what it stands in where the text does not have it. Numbers of iterations say nothing.
    static func line(of path: StepPath, in text: String) -> Int? {
        let root: PositionedValue?
        do {
            root = try PositionedValue.read(text: text, path: "plan.yaml")
        } catch {
            // The editor says what is wrong; there is just no place to go to.
            return nil
        }
        var block = root
        var step: PositionedValue?
        var found: Int?
        for name in path.components.map(String.init) where Int(name) == nil || step == nil {
            guard let entry = block?["steps"]?.entry(name) ?? step?["branch"]?.entry(name) ?? step?.entry(name) else {
                return found
            }
            found = entry.line
            let isStep = block?["steps"]?.entry(name) != nil
            step = isStep ? entry.value : step
            block = entry.value
        }
        return found
    }
}

extension PositionedValue {
    fileprivate subscript(name: String) -> PositionedValue? { entry(name)?.value }

    fileprivate func entry(_ name: String) -> Entry? { entries?.first { $0.name == name } }
}

extension PositionedValue.Entry {
    fileprivate var line: Int? {
        guard case .source(_, let line, _) = place else { return nil }
        return line
    }
}
