internal import Core
internal import Store

extension SQLiteReadStore {
    func plans() async throws -> [PlanRow] {
        try await threads.read { try $0.statement(PlanRow.selectAll).rows(as: PlanRow.init) }
    }

    func plan(named name: String) async throws -> PlanRow? {
        try await threads.read { try $0.statement(PlanRow.selectByName).row(.text(name), as: PlanRow.init) }
    }

    func plan(_ hash: ContentHash) async throws -> PlanRow? {
        try await threads.read { try $0.statement(PlanRow.selectByHash).row(SQLiteValue(hash), as: PlanRow.init) }
    }

    func savedPlans() async throws -> [SavedPlan] {
        try await threads.read { try $0.statement(SavedPlan.select).rows { try SavedPlan($0) } }
    }

    func savedPlan(_ name: String) async throws -> SavedPlanRow? {
        try await threads.read { try $0.statement(SavedPlanRow.selectByName).row(.text(name), as: SavedPlanRow.init) }
    }

    func planVersions(of name: String, offset: Int, limit: Int) async throws -> PlanVersionListing {
        try await threads.read { connection in
            var listing = PlanVersionListing(versions: [], total: 0)
            try connection.reading {
                listing.total =
                    try connection.statement("SELECT count(*) FROM plan WHERE is_listed = 1 AND name = ?")
                    .row(.text(name)) { Int($0.integer(0)) } ?? 0
                listing.versions = try connection.statement(PlanVersionRow.selectPage)
                    .rows(.text(name), SQLiteValue(limit), SQLiteValue(offset)) { try PlanVersionRow($0) }
            }
            return listing
        }
    }

    func planVersions(of name: String, beginningWith digits: String, limit: Int) async throws -> [PlanVersionRow] {
        try await threads.read {
            try $0.statement(PlanVersionRow.selectByDigits)
                .rows(.text(digits), .text(digits + "g"), .text(name), SQLiteValue(limit)) { try PlanVersionRow($0) }
        }
    }

    func apps() async throws -> [AppRow] {
        try await threads.read { try $0.statement(AppRow.selectAll).rows(as: AppRow.init) }
    }

    func app(_ name: String) async throws -> AppRow? {
        try await threads.read { try $0.statement(AppRow.selectByName).row(.text(name), as: AppRow.init) }
    }
}
