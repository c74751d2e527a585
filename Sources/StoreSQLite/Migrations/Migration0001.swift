/// The journal, its projections, plans, and the keys of requests.
let migration0001 = """
    CREATE TABLE event (
        position INTEGER PRIMARY KEY,
        task INTEGER NOT NULL,
        sequence INTEGER NOT NULL,
        at INTEGER NOT NULL,
        kind TEXT NOT NULL,
        step TEXT,
        run INTEGER,
        payload BLOB NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX event_by_task ON event (task, sequence);

    CREATE TABLE task (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        status TEXT NOT NULL,
        waiting_reason TEXT,
        failure_cause TEXT,
        sentence TEXT,
        sentence_step TEXT,
        plan_name TEXT NOT NULL,
        plan_hash TEXT NOT NULL,
        source TEXT NOT NULL,
        trigger TEXT NOT NULL,
        models TEXT NOT NULL,
        tags TEXT NOT NULL,
        current_step INTEGER NOT NULL,
        total_steps INTEGER NOT NULL,
        finished_steps INTEGER NOT NULL,
        failed_steps INTEGER NOT NULL,
        created INTEGER NOT NULL,
        started INTEGER,
        ended INTEGER,
        active_ms INTEGER NOT NULL,
        active_since INTEGER,
        tokens_input INTEGER NOT NULL,
        tokens_cache_read INTEGER NOT NULL,
        tokens_cache_write INTEGER NOT NULL,
        tokens_output INTEGER NOT NULL,
        tokens_reasoning INTEGER NOT NULL,
        model_calls INTEGER NOT NULL,
        position INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX task_unfinished ON task (number) WHERE ended IS NULL;

    CREATE TABLE step (
        task INTEGER NOT NULL,
        path TEXT NOT NULL,
        ordinal INTEGER NOT NULL,
        status TEXT NOT NULL,
        waiting_reason TEXT,
        waiting_since INTEGER,
        runs INTEGER NOT NULL,
        started INTEGER,
        ended INTEGER,
        failure_cause TEXT,
        failure_message TEXT,
        preview TEXT,
        models TEXT,
        tokens_input INTEGER,
        tokens_cache_read INTEGER,
        tokens_cache_write INTEGER,
        tokens_output INTEGER,
        tokens_reasoning INTEGER,
        PRIMARY KEY (task, path)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE plan (
        hash TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        summary TEXT,
        path TEXT NOT NULL,
        text TEXT NOT NULL,
        files TEXT NOT NULL,
        saved_at INTEGER NOT NULL,
        is_listed INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX plan_listed ON plan (name, saved_at) WHERE is_listed = 1;

    CREATE TABLE request_key (
        key TEXT PRIMARY KEY,
        request_hash TEXT NOT NULL,
        task INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    """
