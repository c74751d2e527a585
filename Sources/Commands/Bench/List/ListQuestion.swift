internal import Core
internal import Store

/// Something that is asked of a list while it is measured.
struct ListQuestion: Sendable {
    /// What figures are put together.
    enum Kind: String, Sendable, CaseIterable {
        case filter, sort, combination, deep, cursor, search, counts
    }

    var kind: Kind
    var query: TaskQuery
    /// The values that are counted, in the place of a page.
    var facet: TaskFacet?
    /// How far into the pages that there are, from 0 to 1.
    var depth = 0.0
}

/// The questions of one measurement, in an order that mixes their kinds.
struct ListQuestions: Sendable {
    private var random: SampleGenerator
    private var questions: [ListQuestion] = []
    /// Shorter ones are refused where there are so many tasks.
    private let longWords = SampleTasks.words.filter { $0.utf8.count >= 3 }

    /// - Parameter combinations: so many with filters and an order at random.
    static func make(seed: UInt64, combinations: Int) -> [ListQuestion] {
        var maker = ListQuestions(random: SampleGenerator(seed: seed))
        maker.addFilters()
        for sort in TaskSort.all {
            maker.add(.sort, TaskQuery(sort: sort))
            for depth in [0.1, 0.5, 1] { maker.add(.deep, TaskQuery(sort: sort), depth: depth) }
        }
        for _ in 0..<combinations {
            var query = TaskQuery(
                maker.filter(), sort: maker.sort(), size: [5, 25, 50, 100].randomElement(using: &maker.random) ?? 25)
            maker.add(.combination, query)
            maker.add(.deep, query, depth: maker.random.fraction())
            maker.add(.cursor, query, depth: maker.random.fraction())
            query.filter.text = nil
            if maker.random.next() % 4 == 0 { maker.add(.counts, query, facet: .group) }
        }
        maker.addSearches()
        for facet in TaskFacet.allCases { maker.add(.counts, TaskQuery(), facet: facet) }
        return maker.questions.shuffled(using: &maker.random)
    }

    private mutating func add(
        _ kind: ListQuestion.Kind, _ query: TaskQuery, facet: TaskFacet? = nil, depth: Double = 0
    ) {
        questions.append(ListQuestion(kind: kind, query: query, facet: facet, depth: depth))
    }

    /// Each filter alone, with values that many, some and few tasks have.
    private mutating func addFilters() {
        var filters: [TaskFilter] = []
        func add(_ change: (inout TaskFilter) -> Void) {
            var filter = TaskFilter()
            change(&filter)
            filters.append(filter)
        }
        for status in ["completed", "failed", "cancelled", "waiting", "running", "queued"] {
            add { $0.statuses = [status] }
        }
        for group in TaskGroup.allCases { add { $0.groups = [group] } }
        for reason in SampleTasks.reasons { add { $0.waitingReasons = [reason] } }
        for cause in SampleTasks.causes { add { $0.causes = [cause] } }
        for trigger in SampleTasks.triggers { add { $0.triggers = [trigger] } }
        for model in SampleTasks.models + ["openai", "default"] { add { $0.models = [model] } }
        for place in [0, 3, 20, 59] { add { $0.plans = [SampleTasks.plans[place]] } }
        for place in [0, 5, 40, 299] { add { $0.tags = [SampleTasks.tags[place]] } }
        for _ in 0..<6 {
            let (from, to) = days()
            add { ($0.from, $0.to) = (from, to) }
            add { $0.from = from }
        }
        for filter in filters { self.add(.filter, TaskQuery(filter)) }
    }

    /// Texts that very many, many, few and no tasks have; alone, in an order, and together with filters.
    private mutating func addSearches() {
        let texts =
            SampleTasks.names.prefix(6) + [0, 30, 400, 3_000, longWords.count - 1].map { longWords[$0] }
            + ["invoice-", "port 12", "99999", "nowhere to be found"]
        for text in texts {
            var filter = TaskFilter()
            filter.text = TaskSearchText(text)
            add(.search, TaskQuery(filter))
            add(.search, TaskQuery(filter, sort: sort()))
            filter.statuses = ["failed"]
            add(.search, TaskQuery(filter, sort: sort()))
        }
    }

    private mutating func sort() -> TaskSort {
        TaskSort.all.randomElement(using: &random) ?? .newestFirst
    }

    /// A stretch of days, a few or many.
    private mutating func days() -> (from: Timestamp, to: Timestamp) {
        let length = random.size(from: 0, to: 9.5) * 86_400_000
        let start = Int64(random.fraction() * Double(max(1, SampleTasks.milliseconds - length)))
        let from = SampleTasks.first.millisecondsSinceEpoch + start
        return (Timestamp(millisecondsSinceEpoch: from), Timestamp(millisecondsSinceEpoch: from + length))
    }

    /// One to four filters.
    private mutating func filter() -> TaskFilter {
        var filter = TaskFilter()
        for _ in 0..<1 + random.place(in: 4) {
            switch random.next() % 10 {
            case 0: filter.statuses = [["completed", "failed", "waiting"][random.place(in: 3)]]
            case 1: filter.groups = [TaskGroup.allCases[random.place(in: 6)]]
            case 2: filter.waitingReasons = [SampleTasks.reasons[random.place(in: 9)]]
            case 3: filter.causes = [SampleTasks.causes[random.place(in: 11)]]
            case 4: filter.triggers = [SampleTasks.triggers[random.place(in: 10)]]
            case 5: filter.models = [(SampleTasks.models + ["default", "anthropic"])[random.place(in: 10)]]
            case 6: filter.plans = [SampleTasks.plans[random.place(in: 60)]]
            case 7: filter.tags = [SampleTasks.tags[random.place(in: 300)]]
            case 8: (filter.from, filter.to) = days()
            default: filter.text = TaskSearchText(longWords[random.place(in: longWords.count)])
            }
        }
        return filter
    }
}
