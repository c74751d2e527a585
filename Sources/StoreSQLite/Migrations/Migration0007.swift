/// Plans that are published and archived, apps, and which app a task came from.
let migration0007 = """
    ALTER TABLE plan ADD COLUMN author TEXT;
    ALTER TABLE plan ADD COLUMN note TEXT;

    -- One row for all saved versions of a plan.
    CREATE TABLE saved_plan (
        name TEXT PRIMARY KEY,
        latest TEXT NOT NULL,
        published TEXT,
        archived_at INTEGER
    ) STRICT, WITHOUT ROWID;
    INSERT INTO saved_plan (name, latest)
        SELECT name, hash FROM plan AS newest WHERE is_listed = 1 AND NOT EXISTS
            (SELECT 1 FROM plan WHERE is_listed = 1 AND name = newest.name
             AND (saved_at, hash) > (newest.saved_at, newest.hash));

    CREATE TABLE app (
        name TEXT PRIMARY KEY,
        hash TEXT NOT NULL,
        summary TEXT,
        plan_name TEXT NOT NULL,
        plan_hash TEXT NOT NULL,
        parameters TEXT NOT NULL,
        published_at INTEGER NOT NULL,
        author TEXT,
        archived_at INTEGER
    ) STRICT, WITHOUT ROWID;

    ALTER TABLE task ADD COLUMN app TEXT;
    """
