internal import Core
internal import Store

/// The library of plans, and apps.
extension JournalWriter {
    /// Keeps a version of a plan: from now on it is the latest. One that is the latest already is saved again only when
    /// something else is said about it, so that a request may be repeated.
    /// - Throws: `SignalboxError` with code `precondition_failed`.
    func save(
        _ plan: PlanRow, if condition: VersionCondition?, bringsBack: Bool, into work: inout Work
    ) throws -> Saving {
        let before = try savedPlan(plan.name, in: work)
        try condition?.check(before?.latest, of: plan.name)
        var saved = before ?? SavedPlanRow(name: plan.name, latest: plan.hash)
        saved.latest = plan.hash
        if bringsBack { saved.archivedAt = nil }
        let latest = try before.flatMap { try version($0.latest, in: work) }
        guard latest?.hash != plan.hash || latest?.isSaid(by: plan.author, plan.note) == false else {
            guard saved != before else { return .unchanged }
            work.rows.savedPlans.append(saved)
            return .latestAgain
        }
        var kept = plan
        // Whatever the clock says, the versions of a plan follow each other.
        if let latest, latest.savedAt >= kept.savedAt {
            kept.savedAt = Timestamp(millisecondsSinceEpoch: latest.savedAt.millisecondsSinceEpoch + 1)
        }
        let isNew = try version(plan.hash, in: work)?.isListed != true
        work.rows.plans.append(kept)
        work.rows.savedPlans.append(saved)
        return isNew ? .new : .latestAgain
    }

    /// - Throws: `SignalboxError`: `not_found`, `precondition_failed`, `conflict`.
    func change(
        _ name: String, _ change: PlanChange, if condition: VersionCondition?, into work: inout Work
    ) throws {
        guard var plan = try savedPlan(name, in: work) else {
            throw SignalboxError(.notFound, "There is no plan \"\(name.prefix(64))\".")
        }
        try condition?.check(plan.latest, standing: plan.standing, of: name)
        switch change {
        case .publish(let hash):
            guard plan.archivedAt == nil else { throw SignalboxError.isArchived(name) }
            plan.published = hash
        case .replacePublished(let other, let hash):
            guard plan.published == other else {
                throw SignalboxError(
                    .preconditionFailed,
                    plan.published.map { "Version \($0.short) is published meanwhile." }
                        ?? "It was unpublished meanwhile.", hint: "Read it again, and decide anew.")
            }
            guard plan.archivedAt == nil else { throw SignalboxError.isArchived(name) }
            plan.published = hash
        case .unpublish: plan.published = nil
        case .archive: plan.archivedAt = plan.archivedAt ?? work.now
        case .restore: plan.archivedAt = nil
        }
        work.rows.savedPlans.append(plan)
    }

    private func savedPlan(_ name: String, in work: Work) throws -> SavedPlanRow? {
        try work.rows.savedPlans.last { $0.name == name } ?? store.savedPlan(name)
    }

    private func version(_ hash: ContentHash, in work: Work) throws -> PlanRow? {
        try work.rows.plans.last { $0.hash == hash && $0.isListed } ?? store.plan(hash)
    }

    /// Keeps an app in the place of what had its name.
    /// - Returns: whether anything is new.
    /// - Throws: `SignalboxError` with code `precondition_failed`.
    func publish(_ app: AppRow, if condition: VersionCondition?, into work: inout Work) throws -> Bool {
        let before = try self.app(app.name, in: work)
        try condition?.check(before?.hash, of: app.name)
        guard before?.hash != app.hash || before?.archivedAt != nil else { return false }
        work.rows.apps.append(app)
        return true
    }

    /// - Parameter time: when it was archived; nil to bring it back.
    /// - Throws: `SignalboxError`: `not_found`, `precondition_failed`.
    func archiveApp(
        _ name: String, at time: Timestamp?, if condition: VersionCondition?, into work: inout Work
    ) throws {
        guard var app = try app(name, in: work) else {
            throw SignalboxError(.notFound, "There is no app \"\(name.prefix(64))\".")
        }
        try condition?.check(app.hash, standing: app.standing, of: name)
        app.archivedAt = time
        work.rows.apps.append(app)
    }

    private func app(_ name: String, in work: Work) throws -> AppRow? {
        try work.rows.apps.last { $0.name == name } ?? store.app(name)
    }
}

extension PlanRow {
    fileprivate func isSaid(by author: String?, _ note: String?) -> Bool { self.author == author && self.note == note }
}
