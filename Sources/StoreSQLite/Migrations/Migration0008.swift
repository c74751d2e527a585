/// Filters and orders of lists that people keep under names.
let migration0008 = """
    CREATE TABLE task_view (
        name TEXT PRIMARY KEY,
        filters TEXT NOT NULL,
        sort TEXT,
        saved_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    """
