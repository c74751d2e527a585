internal import Core

/// Where lists change from one way of finding tasks to another. Tests set them low.
struct ListBounds: Sendable {
    /// So many tasks are read and sorted rather than divided further by the digits of their codes.
    var sorted = 512
    /// Of so few tasks the words are read for a search, without its index.
    var words = 2_000
    /// So many hits of the search's index tell how frequent a text is.
    var probed = 1_000
    /// What a hit of the index takes, and the words of a task, in microseconds.
    var hitCost = 0.6
    var readCost = 1.5
    /// So many tasks are looked at along an order for one page of a text that very many have.
    var walked = 20_000
    /// Up to how many hits of a search are counted.
    var counted = Limits.countedTasksMaximum
    /// Up to where pages have numbers when there are more hits than are counted.
    var numbered = Limits.numberedTasksMaximum
    /// Among so many tasks a text of fewer than three characters is looked for.
    var short = Limits.shortSearchTasksMaximum
}
