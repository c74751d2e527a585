/// What lists of tasks are made from.
///
/// `task_entry` and `task_text` have a row for each task and are written with it. Of every 8,192 numbers that are complete,
/// `task_bits` and `task_order` hold bitmaps, of which ARCHITECTURE.md tells the reasons; tasks that have changed since are
/// in `task_stale`. `task_search` follows the texts by some hundred tasks.
let migration0005 = """
    ALTER TABLE task ADD COLUMN uses_default_model INTEGER;

    -- Values that tasks are filtered by, and how many tasks had each when their numbers were sealed.
    CREATE TABLE task_facet (
        id INTEGER PRIMARY KEY,
        facet INTEGER NOT NULL,
        text TEXT NOT NULL,
        sealed INTEGER NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX task_facet_by_text ON task_facet (facet, text);

    -- What a task is filtered and sorted by; `facets` are ids of task_facet, seven bits a byte.
    CREATE TABLE task_entry (
        number INTEGER PRIMARY KEY,
        facets BLOB NOT NULL,
        created INTEGER NOT NULL,
        duration INTEGER NOT NULL,
        active_since INTEGER,
        tokens INTEGER NOT NULL,
        cost INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE task_text (
        number INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        prompt TEXT NOT NULL
    ) STRICT;
    CREATE VIRTUAL TABLE task_search USING fts5
        (name, prompt, content = '', tokenize = 'trigram', detail = none, columnsize = 0);

    -- Numbers that are sealed, 8,192 a row, without gaps.
    CREATE TABLE task_chunk (
        chunk INTEGER PRIMARY KEY,
        created_first INTEGER NOT NULL,
        created_last INTEGER NOT NULL,
        is_ascending INTEGER NOT NULL
    ) STRICT;

    -- Which of its numbers have a value: id of the value (0: there is a task), then 24 bits for the chunk.
    CREATE TABLE task_bits (
        key INTEGER PRIMARY KEY,
        bits BLOB NOT NULL
    ) STRICT;

    -- One binary digit of what its tasks are sorted by: the digit, then 24 bits for the chunk.
    CREATE TABLE task_order (
        key INTEGER PRIMARY KEY,
        bits BLOB NOT NULL
    ) STRICT;

    -- Tasks of sealed chunks that have changed, with the values that they were sealed with.
    CREATE TABLE task_stale (
        number INTEGER PRIMARY KEY,
        facets BLOB NOT NULL
    ) STRICT;

    -- Names by which the others are given a rough place in their order.
    CREATE TABLE task_name_mark (
        ordinal INTEGER PRIMARY KEY,
        name TEXT NOT NULL
    ) STRICT;

    -- One row. Tasks from `searched` on are not in task_search yet. Those above `filled` were written before there were
    -- lists; null when all are in them. `marks` changes with task_name_mark.
    CREATE TABLE task_list_state (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        searched INTEGER NOT NULL,
        filled INTEGER,
        marks INTEGER NOT NULL
    ) STRICT;
    INSERT INTO task_list_state (id, searched, filled, marks)
        SELECT 1, 1, CASE WHEN EXISTS (SELECT 1 FROM task) THEN 0 END, 0;

    """
