internal import CSQLite
internal import Core

/// A prepared statement: bind the values, step through the rows, and it is ready for the next use.
@safe final class SQLiteStatement {
    private let handle: OpaquePointer
    private unowned let connection: SQLiteConnection

    @unsafe init(_ handle: OpaquePointer, of connection: SQLiteConnection) {
        unsafe self.handle = handle
        self.connection = connection
    }

    func finalize() {
        unsafe sqlite3_finalize(handle)
    }

    /// How much SQLite has worked for this statement so far; tests compare it with what was asked.
    var virtualMachineSteps: Int {
        unsafe Int(sqlite3_stmt_status(handle, SQLITE_STMTSTATUS_VM_STEP, 0))
    }

    /// Runs the statement for its effect.
    func run(_ values: SQLiteValue...) throws {
        try run(values)
    }

    /// Runs the statement for its effect.
    func run(_ values: [SQLiteValue]) throws {
        try bind(values)
        defer { reset() }
        let code = unsafe sqlite3_step(handle)
        guard code == SQLITE_DONE || code == SQLITE_ROW else { throw connection.failure("cannot be written") }
    }

    /// All rows.
    func rows<Row>(_ values: SQLiteValue..., as read: (borrowing SQLiteRow) throws -> Row) throws -> [Row] {
        var rows: [Row] = []
        try forEachRow(values) { rows.append(try read($0)) }
        return rows
    }

    /// Hands over one row after the other. The body must not use this statement.
    func forEachRow(_ values: [SQLiteValue], _ body: (borrowing SQLiteRow) throws -> Void) throws {
        try bind(values)
        defer { reset() }
        while true {
            switch unsafe sqlite3_step(handle) {
            case SQLITE_ROW: try body(unsafe SQLiteRow(handle))
            case SQLITE_DONE: return
            default: throw connection.failure("cannot be read")
            }
        }
    }

    /// The first row, if there is one.
    func row<Row>(_ values: SQLiteValue..., as read: (borrowing SQLiteRow) throws -> Row) throws -> Row? {
        try bind(values)
        defer { reset() }
        switch unsafe sqlite3_step(handle) {
        case SQLITE_ROW: return try read(unsafe SQLiteRow(handle))
        case SQLITE_DONE: return nil
        default: throw connection.failure("cannot be read")
        }
    }

    private func bind(_ values: [SQLiteValue]) throws {
        for (place, value) in values.enumerated() {
            guard unsafe value.bind(to: handle, at: Int32(place + 1)) == SQLITE_OK else {
                throw connection.failure("refuses a value")
            }
        }
    }

    private func reset() {
        unsafe sqlite3_reset(handle)
        unsafe sqlite3_clear_bindings(handle)
    }
}

/// A value for a placeholder.
enum SQLiteValue {
    case null
    case integer(Int64)
    case text(String)
    case blob([UInt8])

    init(_ value: Int64?) { self = value.map(SQLiteValue.integer) ?? .null }
    init(_ value: String?) { self = value.map(SQLiteValue.text) ?? .null }
    init(_ value: Timestamp?) { self.init(value?.millisecondsSinceEpoch) }

    @unsafe fileprivate func bind(to statement: OpaquePointer, at place: Int32) -> Int32 {
        // "SQLITE_TRANSIENT means that the content will likely change in the near future and that SQLite should make its
        // own private copy": the buffers below live only as long as the closures.
        let transient = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        switch self {
        case .null: return unsafe sqlite3_bind_null(statement, place)
        case .integer(let value): return unsafe sqlite3_bind_int64(statement, place, value)
        case .text(var text):
            return text.withUTF8 { bytes in
                // A NULL pointer would bind NULL instead of the empty text.
                guard let base = bytes.baseAddress, !bytes.isEmpty else {
                    return unsafe sqlite3_bind_text(statement, place, "", 0, transient)
                }
                return unsafe base.withMemoryRebound(to: CChar.self, capacity: bytes.count) { characters in
                    unsafe sqlite3_bind_text(statement, place, characters, Int32(bytes.count), transient)
                }
            }
        case .blob(let bytes):
            guard !bytes.isEmpty else { return unsafe sqlite3_bind_zeroblob(statement, place, 0) }
            return unsafe bytes.withUnsafeBytes {
                unsafe sqlite3_bind_blob(statement, place, $0.baseAddress, Int32($0.count), transient)
            }
        }
    }
}

/// The row a statement stands on; valid until the next step.
@safe struct SQLiteRow: ~Copyable {
    private let handle: OpaquePointer

    @unsafe fileprivate init(_ handle: OpaquePointer) {
        unsafe self.handle = handle
    }

    func isNull(_ column: Int32) -> Bool {
        unsafe sqlite3_column_type(handle, column) == SQLITE_NULL
    }

    func integer(_ column: Int32) -> Int64 {
        unsafe sqlite3_column_int64(handle, column)
    }

    func text(_ column: Int32) -> String {
        guard let start = unsafe sqlite3_column_text(handle, column) else { return "" }
        let count = unsafe Int(sqlite3_column_bytes(handle, column))
        return unsafe String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    /// Hands over the bytes of a column where they lie; they are gone with the row.
    func withBytes<Result>(_ column: Int32, _ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        let start = unsafe sqlite3_column_blob(handle, column)
        let count = unsafe Int(sqlite3_column_bytes(handle, column))
        return unsafe try body(UnsafeRawBufferPointer(start: start, count: count))
    }

    func blob(_ column: Int32) -> [UInt8] {
        guard let start = unsafe sqlite3_column_blob(handle, column) else { return [] }
        let count = unsafe Int(sqlite3_column_bytes(handle, column))
        return unsafe Array(UnsafeRawBufferPointer(start: start, count: count))
    }

    func optionalInteger(_ column: Int32) -> Int64? { isNull(column) ? nil : integer(column) }
    func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }
    func time(_ column: Int32) -> Timestamp { Timestamp(millisecondsSinceEpoch: integer(column)) }
    func optionalTime(_ column: Int32) -> Timestamp? { isNull(column) ? nil : time(column) }
}
