internal import Core
internal import Store

/// Keeps what lists are made from in step with the rows of tasks, within the transaction that writes these.
final class TaskListWriter {
    /// So many new tasks are added to the search at once: one by one they would cost ten times as much.
    static let searchPortion: Int64 = 512
    /// From how many changed tasks of sealed chunks on these are sealed again, the chunk with the most of them first.
    var staleMaximum = 4_096
    /// A chunk with fewer is not worth it.
    var staleMinimum = 64
    /// After so many chunks marks for names are chosen once more, from all of them.
    var markedAgainAfter = 8

    private let connection: SQLiteConnection
    // Found by their text, statements take longer than a row.
    private let insertEntry: SQLiteStatement
    private let insertText: SQLiteStatement
    private var facets = FacetDictionary()
    private var known: State?

    /// What the database says, as long as nothing was rolled back.
    private struct State {
        /// Chunks that are sealed.
        var chunks: Int
        var newest: Int64
        /// The newest task whose words are there.
        var newestText: Int64
        /// Tasks from here on are not in the search yet.
        var searched: Int64
        var stale: Int
        var marks: NameMarks
    }

    init(_ connection: SQLiteConnection) throws {
        self.connection = connection
        insertEntry = try connection.statement(TaskEntry.insert)
        insertText = try connection.statement(
            "INSERT OR REPLACE INTO task_text (number, name, prompt) VALUES (?, ?, ?)")
    }

    /// To be called when a transaction was rolled back.
    func forget() {
        known = nil
        facets = FacetDictionary()
    }

    func write(_ task: TaskRow) throws {
        var state = try loadedState()
        let entry = TaskEntry(task, facets: try facets.ids(of: task.facetValues, in: connection))
        if TaskChunk.chunk(of: entry.number) < state.chunks { try noteChange(of: entry.number, &state) }
        try insertEntry.run(entry.values)
        state.newest = max(state.newest, entry.number)
        known = state
    }

    func write(_ text: TaskText) throws {
        var state = try loadedState()
        let before = text.task.rawValue > state.newestText ? nil : try self.text(of: text.task)
        guard before != text else { return }
        let isSearched = text.task.rawValue < state.searched
        if isSearched, let before { try search("'delete'", before) }
        try insertText.run(SQLiteValue(text.task), .text(text.name), .text(text.prompt))
        state.newestText = max(state.newestText, text.task.rawValue)
        if isSearched { try search(nil, text) }
        if TaskChunk.chunk(of: text.task.rawValue) < state.chunks { try noteChange(of: text.task.rawValue, &state) }
        known = state
    }

    /// The words of a task as they stand.
    func text(of task: TaskNumber) throws -> TaskText? {
        try connection.statement("SELECT name, prompt FROM task_text WHERE number = ?").row(SQLiteValue(task)) {
            TaskText(task: task, name: $0.text(0), prompt: $0.text(1))
        }
    }

    func delete(_ task: TaskNumber) throws {
        var state = try loadedState()
        let number = SQLiteValue(task)
        if TaskChunk.chunk(of: task.rawValue) < state.chunks { try noteChange(of: task.rawValue, &state) }
        if task.rawValue < state.searched, let before = try text(of: task) { try search("'delete'", before) }
        try connection.statement("DELETE FROM task_text WHERE number = ?").run(number)
        try connection.statement("DELETE FROM task_entry WHERE number = ?").run(number)
        known = state
    }

    func removeAll() throws {
        for table in [
            "task_entry", "task_text", "task_facet", "task_chunk", "task_bits", "task_order", "task_stale",
            "task_name_mark",
        ] {
            try connection.execute("DELETE FROM \(table)")
        }
        try connection.execute("INSERT INTO task_search (task_search) VALUES ('delete-all')")
        try connection.execute("UPDATE task_list_state SET searched = 1, filled = NULL, marks = marks + 1")
        forget()
    }

    /// Seals and adds to the search what there is enough of. To be called after the rows of a transaction.
    func catchUp() throws {
        var state = try loadedState()
        while TaskChunk.chunk(of: state.newest) > state.chunks {
            if state.chunks == 0 || state.chunks == markedAgainAfter { try chooseMarks(&state) }
            try seal(state.chunks, isNew: true, &state)
            state.chunks += 1
        }
        if state.newest - state.searched >= Self.searchPortion {
            try connection.statement(
                """
                INSERT INTO task_search (rowid, name, prompt)
                SELECT number, replace(name, char(0), ' '), replace(prompt, char(0), ' ')
                FROM task_text WHERE number >= ? AND number <= ?
                """
            ).run(.integer(state.searched), .integer(state.newest))
            state.searched = state.newest + 1
            try connection.statement("UPDATE task_list_state SET searched = ? WHERE id = 1")
                .run(.integer(state.searched))
        }
        if state.stale > staleMaximum { try sealAgain(&state) }
        known = state
    }

    private func loadedState() throws -> State {
        if let known { return known }
        func number(_ sql: String) throws -> Int64 { try connection.statement(sql).row { $0.integer(0) } ?? 0 }
        let state = State(
            chunks: Int(try number("SELECT coalesce(max(chunk) + 1, 0) FROM task_chunk")),
            newest: try number("SELECT coalesce(max(number), 0) FROM task_entry"),
            newestText: try number("SELECT coalesce(max(number), 0) FROM task_text"),
            searched: try number("SELECT searched FROM task_list_state WHERE id = 1"),
            stale: Int(try number("SELECT count(*) FROM task_stale WHERE number >= 0")),
            marks: try connection.nameMarks())
        known = state
        return state
    }

    /// The bits of the task no longer say what it is.
    private func noteChange(of number: Int64, _ state: inout State) throws {
        let isKnown = try connection.statement("SELECT 1 FROM task_stale WHERE number = ?")
            .row(.integer(number)) { $0.integer(0) == 1 }
        guard isKnown == nil else { return }
        try connection.statement(
            """
            INSERT INTO task_stale (number, facets)
            VALUES (?1, coalesce((SELECT facets FROM task_entry WHERE number = ?1), x''))
            """
        ).run(.integer(number))
        state.stale += 1
    }

    /// - Parameter command: what is done instead of adding the text.
    private func search(_ command: String?, _ text: TaskText) throws {
        let columns = command == nil ? "" : "task_search, "
        let value = command.map { "\($0), " } ?? ""
        try connection.statement(
            """
            INSERT INTO task_search (\(columns)rowid, name, prompt)
            VALUES (\(value)?1, replace(?2, char(0), ' '), replace(?3, char(0), ' '))
            """
        ).run(SQLiteValue(text.task), .text(text.name), .text(text.prompt))
    }

    private func seal(_ chunk: Int, isNew: Bool, _ state: inout State) throws {
        var sealer = ChunkSealer(connection, marks: state.marks)
        try sealer.seal(chunk, isNew: isNew)
        state.stale = Int(
            try connection.statement("SELECT count(*) FROM task_stale WHERE number >= 0").row { $0.integer(0) } ?? 0)
    }

    private func sealAgain(_ state: inout State) throws {
        let chunk = try connection.statement(
            """
            SELECT number / \(TaskChunk.size), count(*) FROM task_stale WHERE number >= 0
            GROUP BY 1 ORDER BY 2 DESC LIMIT 1
            """
        ).row { (number: Int($0.integer(0)), stale: Int($0.integer(1))) }
        guard let chunk, chunk.stale >= staleMinimum else { return }
        try seal(chunk.number, isNew: false, &state)
    }

    /// Chooses marks from the names of all chunks that are complete, and seals these again if they were sealed.
    private func chooseMarks(_ state: inout State) throws {
        var names: [String] = []
        try connection.statement("SELECT name FROM task_text WHERE number < ?")
            .forEachRow([.integer(TaskChunk.first(of: state.chunks + 1))]) {
                names.append(TaskOrderKey.fold($0.text(0)))
            }
        state.marks = NameMarks(choosingFrom: names)
        try connection.execute("DELETE FROM task_name_mark")
        let insert = try connection.statement("INSERT INTO task_name_mark (ordinal, name) VALUES (?, ?)")
        for (ordinal, name) in state.marks.marks.enumerated() { try insert.run(.integer(Int64(ordinal)), .text(name)) }
        try connection.execute("UPDATE task_list_state SET marks = marks + 1")
        for chunk in 0..<state.chunks { try seal(chunk, isNew: false, &state) }
    }
}

extension SQLiteConnection {
    /// The marks by which names are sealed now.
    func nameMarks() throws -> NameMarks {
        NameMarks(
            try statement("SELECT name FROM task_name_mark WHERE ordinal >= 0 ORDER BY ordinal").rows { $0.text(0) })
    }
}
