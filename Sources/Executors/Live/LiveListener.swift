/// Hears what runs bring forth while they are under way, for those who watch. Nothing of it is kept: what was brought
/// forth is in the journal when it is whole.
///
/// It is called between two pieces of an answer, so it must return at once.
public protocol LiveListener: Sendable {
    /// A source goes on.
    func hear(_ stretch: LiveStretch, from source: LiveSource)

    /// A source has ended. Called before that is made durable, so that nothing of it comes behind its event.
    func end(_ source: LiveSource)
}

/// Where nobody watches.
public struct NoListener: LiveListener {
    public init() {}
    public func hear(_ stretch: LiveStretch, from source: LiveSource) {}
    public func end(_ source: LiveSource) {}
}
