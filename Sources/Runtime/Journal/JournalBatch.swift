internal import Core

/// Requests that are stored together, with what they have led to, and what it takes to undo that.
struct JournalBatch {
    let requests: [JournalRequest]
    var work: JournalWriter.Work
    /// The counters before it.
    let counters: Counters

    /// What is given out next.
    struct Counters {
        var position: Int64
        var number: Int64
        var keptSignal: Int64
    }
}
