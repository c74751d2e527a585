internal import Core

/// A piece of a page that is loaded when somebody looks at it, and again when it has changed.
public struct FragmentView: Sendable, Hashable {
    /// Where it is loaded from.
    public var path: String
    /// Changes whenever the piece may have.
    public var version: String
    /// The page that shows it for browsers without scripts.
    public var page: String
    /// Whether the piece stands in the page already.
    public var isLoaded: Bool

    public init(path: String, version: String, page: String, isLoaded: Bool = false) {
        self.path = path
        self.version = version
        self.page = page
        self.isLoaded = isLoaded
    }
}
