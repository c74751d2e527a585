public import Core
public import Store

extension MemoryStore {
    public func plans() -> [PlanRow] {
        let now = now
        return now.savedPlans.values.filter { $0.archivedAt == nil }.sorted { isBefore($0.name, $1.name) }
            .compactMap { now.plans[$0.current] }
    }

    public func plan(named name: String) -> PlanRow? {
        let now = now
        guard let plan = now.savedPlans[name], plan.archivedAt == nil else { return nil }
        return now.plans[plan.current]
    }

    public func savedPlan(_ name: String) -> SavedPlanRow? { now.savedPlans[name] }

    public func savedPlans() -> [SavedPlan] {
        let now = now
        return now.savedPlans.values.sorted { isBefore($0.name, $1.name) }.compactMap { plan in
            now.plans[plan.latest].map { SavedPlan(plan: plan, latest: PlanVersionRow($0)) }
        }
    }

    public func planVersions(of name: String, offset: Int, limit: Int) -> PlanVersionListing {
        let versions = versions(of: name).sorted {
            ($0.savedAt, $0.hash.rawValue) > ($1.savedAt, $1.hash.rawValue)
        }
        return PlanVersionListing(
            versions: versions.dropFirst(offset).prefix(limit).map(PlanVersionRow.init), total: versions.count)
    }

    public func planVersions(of name: String, beginningWith digits: String, limit: Int) -> [PlanVersionRow] {
        versions(of: name).filter { $0.hash.rawValue.hasPrefix(digits) }
            .sorted { $0.hash.rawValue < $1.hash.rawValue }.prefix(limit).map(PlanVersionRow.init)
    }

    private func versions(of name: String) -> [PlanRow] {
        now.plans.values.filter { $0.isListed && $0.name == name }
    }

    public func savings(of kind: LibraryKind, _ hashes: [ContentHash], limit: Int) -> [ContentHash: [SavingRow]] {
        let savings = now.savings[kind] ?? [:]
        return hashes.reduce(into: [:]) { found, hash in
            let own = (savings[hash] ?? [:]).values.sorted { $0.savedAt > $1.savedAt }
            found[hash] = Array(own.prefix(limit))
        }
    }

    public func apps() -> [AppRow] { now.apps.values.sorted { isBefore($0.name, $1.name) } }

    public func app(_ name: String) -> AppRow? { now.apps[name] }
}

private func isBefore(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
}
