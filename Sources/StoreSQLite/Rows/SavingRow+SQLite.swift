internal import Core
internal import Store

extension SavingRow {
    /// A version that is saved twice in one moment was saved once.
    static func upsert(_ kind: LibraryKind) -> String {
        """
        INSERT INTO \(kind.savingTable) (hash, saved_at, author, note) VALUES (?, ?, ?, ?)
        ON CONFLICT (hash, saved_at) DO UPDATE SET author = excluded.author, note = excluded.note
        """
    }

    static func select(_ kind: LibraryKind) -> String {
        "SELECT saved_at, author, note FROM \(kind.savingTable) WHERE hash = ? ORDER BY saved_at DESC LIMIT ?"
    }

    init(_ row: borrowing SQLiteRow) throws {
        self.init(savedAt: row.time(0), author: row.optionalText(1), note: row.optionalText(2))
    }

    /// In the order of `upsert`.
    func values(of hash: ContentHash) -> [SQLiteValue] {
        [SQLiteValue(hash), SQLiteValue(savedAt), SQLiteValue(author), SQLiteValue(note)]
    }
}

extension LibraryKind {
    fileprivate var savingTable: String {
        switch self {
        case .plan: "plan_saving"
        case .agent: "agent_saving"
        }
    }
}

extension SQLiteReadStore {
    func savings(of kind: LibraryKind, _ hashes: [ContentHash], limit: Int) async throws -> [ContentHash: [SavingRow]] {
        try await threads.read { connection in
            var found: [ContentHash: [SavingRow]] = [:]
            try connection.reading {
                for hash in hashes {
                    found[hash] = try connection.statement(SavingRow.select(kind))
                        .rows(SQLiteValue(hash), SQLiteValue(limit), as: SavingRow.init)
                }
            }
            return found
        }
    }
}
