/// One thing that is wrong with an input: what, where, and what to do about it.
public struct Diagnostic: Sendable, Hashable {
    /// A sentence without a final stop.
    public var message: String
    /// Where it is wrong.
    public var place: Place
    /// What to do.
    public var hint: String?
    /// The member of the request that would put it right too: `SignalboxError.remedy`.
    public var remedy: String?

    /// A finding.
    public init(_ message: String, at place: Place, hint: String? = nil, remedy: String? = nil) {
        self.message = message
        self.place = place
        self.hint = hint
        self.remedy = remedy
    }
}
