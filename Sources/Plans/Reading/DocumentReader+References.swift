internal import CEL
internal import Core

extension DocumentReader {
    /// Checks what expressions refer to.
    /// - Parameter owner: the step whose expressions these are; it cannot refer to itself.
    /// - Returns: the steps they refer to.
    @discardableResult
    mutating func checkReferences(
        _ uses: [ExpressionUse], _ scope: NameScope, owner: String?
    ) -> Set<NameScope.Need> {
        var needs: Set<NameScope.Need> = []
        for use in uses {
            for reference in use.expression.references {
                guard !isFull else { return needs }
                if isStored {
                    if let need = scope.need(of: reference.path) { needs.insert(need) }
                } else if let (message, hint) = scope.mistake(in: reference.path, owner: owner, use.purpose) {
                    let index = text.index(ofLine: reference.line, column: reference.column, in: use)
                    report(message, atIndex: index, hint: hint)
                } else if reference.path.first == "secrets", use.expression.lookup == nil {
                    let index = text.index(ofLine: reference.line, column: reference.column, in: use)
                    report(NameScope.computedSecret.message, atIndex: index, hint: NameScope.computedSecret.hint)
                } else if let need = scope.need(of: reference.path) {
                    needs.insert(need)
                }
            }
        }
        return needs
    }
}

extension NameScope {
    /// The step that a reference without mistakes waits for.
    func need(of path: [String]) -> Need? {
        guard path.count > 1, path[0] == "steps" else { return nil }
        return level(ofStep: path[1]).map { Need(level: $0, name: path[1]) }
    }
}
