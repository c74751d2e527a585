/// The journal, its projections, plans, kept signals, and the keys of requests. Columns that most rows leave empty hold
/// null, which takes no room.
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
        tokens_input INTEGER,
        tokens_cache_read INTEGER,
        tokens_cache_write INTEGER,
        tokens_output INTEGER,
        tokens_reasoning INTEGER,
        model_calls INTEGER NOT NULL,
        position INTEGER NOT NULL,
        priority INTEGER NOT NULL,
        concurrency_key TEXT,
        concurrency_limit INTEGER,
        is_admitted INTEGER NOT NULL,
        wake_at INTEGER,
        is_idle INTEGER NOT NULL,
        open_requests INTEGER NOT NULL,
        waiting_reasons TEXT,
        parent INTEGER,
        parent_step TEXT,
        rerun_of INTEGER,
        rerun_from TEXT,
        cost INTEGER,
        is_cost_known INTEGER NOT NULL,
        children_tokens_input INTEGER,
        children_tokens_cache_read INTEGER,
        children_tokens_cache_write INTEGER,
        children_tokens_output INTEGER,
        children_tokens_reasoning INTEGER,
        children_cost INTEGER,
        is_children_cost_known INTEGER NOT NULL,
        limits TEXT
    ) STRICT;
    CREATE INDEX task_unfinished ON task (number) WHERE ended IS NULL;
    CREATE INDEX task_active ON task (number) WHERE ended IS NULL AND is_idle = 0;
    CREATE INDEX task_wake ON task (wake_at, number) WHERE wake_at IS NOT NULL;
    CREATE INDEX task_admission ON task (number) WHERE concurrency_key IS NOT NULL AND ended IS NULL;
    CREATE INDEX task_child ON task (parent, number) WHERE parent IS NOT NULL;
    CREATE INDEX task_rerun ON task (rerun_of, number) WHERE rerun_of IS NOT NULL;
    CREATE INDEX task_ended ON task (plan_name, ended, number) WHERE ended IS NOT NULL;

    -- Within a container by path; `parent` is empty at the root, where a plan bounds how many there are.
    CREATE TABLE step (
        task INTEGER NOT NULL,
        parent TEXT NOT NULL,
        path TEXT NOT NULL,
        ordinal INTEGER NOT NULL,
        kind TEXT NOT NULL,
        status TEXT NOT NULL,
        waiting_reason TEXT,
        waiting_since INTEGER,
        waiting_until INTEGER,
        sentence TEXT,
        blocker TEXT,
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
        is_reused INTEGER NOT NULL,
        cost INTEGER,
        is_cost_known INTEGER NOT NULL,
        child_task INTEGER,
        iterations_total INTEGER,
        iterations_finished INTEGER,
        iterations_failed INTEGER,
        PRIMARY KEY (task, parent, path)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX step_inner ON step (task, parent, ordinal, path) WHERE parent <> '';

    CREATE TABLE decision (
        task INTEGER NOT NULL,
        ordinal INTEGER NOT NULL,
        step TEXT NOT NULL,
        run INTEGER,
        kind TEXT NOT NULL,
        title TEXT NOT NULL,
        deciders TEXT,
        requested_at INTEGER NOT NULL,
        expires_at INTEGER,
        state TEXT NOT NULL,
        verdict TEXT,
        decided_by TEXT,
        decided_at INTEGER,
        request_position INTEGER NOT NULL,
        decision_position INTEGER,
        PRIMARY KEY (task, ordinal)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX decision_by_time ON decision (requested_at, task, ordinal);
    CREATE INDEX decision_open ON decision (requested_at, task, ordinal, state) WHERE state = 'open';

    CREATE TABLE signal_wait (
        task INTEGER NOT NULL,
        step TEXT NOT NULL,
        name TEXT NOT NULL,
        key TEXT NOT NULL,
        since INTEGER NOT NULL,
        PRIMARY KEY (task, step)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX signal_wait_by_name ON signal_wait (name, key, since, task, step);

    CREATE TABLE kept_signal (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        key TEXT NOT NULL,
        payload BLOB NOT NULL,
        arrived INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX kept_signal_by_name ON kept_signal (name, key, id);

    CREATE TABLE blob_reference (
        task INTEGER NOT NULL,
        hash TEXT NOT NULL,
        PRIMARY KEY (task, hash)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX blob_reference_by_hash ON blob_reference (hash, task);

    -- Blobs whose last task was deleted, and when.
    CREATE TABLE unused_blob (
        hash TEXT PRIMARY KEY,
        since INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX unused_blob_by_time ON unused_blob (since, hash);

    CREATE TABLE tombstone (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL,
        name TEXT NOT NULL,
        plan_name TEXT NOT NULL,
        status TEXT NOT NULL,
        created INTEGER NOT NULL,
        ended INTEGER,
        deleted_at INTEGER NOT NULL,
        deleted_by TEXT NOT NULL
    ) STRICT;

    -- One row: the newest position at the last deletion, so that no position is given twice.
    CREATE TABLE high_water (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        position INTEGER NOT NULL
    ) STRICT;
    INSERT INTO high_water (id, position) VALUES (1, 0);

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
    CREATE INDEX request_key_by_task ON request_key (task);

    """
