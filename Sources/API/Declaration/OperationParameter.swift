internal import Core
internal import HTTPServer

/// What the document tells of a parameter, whatever type it is read as.
protocol OperationParameter: Sendable {
    var name: String { get }
    var place: ParameterPlace { get }
    /// A sentence for people.
    var summary: String { get }
    var isRequired: Bool { get }
    var schema: Schema { get }
    /// Throws when the request's value is not what is declared.
    func check(_ request: Request) throws
}

/// Where a parameter stands; the words are those of OpenAPI.
enum ParameterPlace: String, Sendable {
    case path, query, header
}
