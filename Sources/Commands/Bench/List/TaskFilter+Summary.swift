internal import Core
internal import Store

extension TaskFilter {
    /// What it asks for, in one line: `status=failed plan=audit`.
    var summary: String {
        let values = conditions.flatMap(\.self).map { "\($0.facet)=\($0.text)" }
        let times = [from.map { "from=\($0.rfc3339)" }, to.map { "to=\($0.rfc3339)" }].compactMap(\.self)
        return (values + times + [text.map { "text=\($0.text)" }].compactMap(\.self)).joined(separator: " ")
    }
}
