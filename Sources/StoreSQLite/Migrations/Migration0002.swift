/// What agents keep, and the library of agents.
let migration0002 = """
    CREATE TABLE memory (
        agent TEXT NOT NULL,
        name TEXT NOT NULL,
        text TEXT NOT NULL,
        saved_at INTEGER NOT NULL,
        task INTEGER NOT NULL,
        PRIMARY KEY (agent, name)
    ) STRICT;

    CREATE TABLE agent (
        hash TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        summary TEXT,
        path TEXT NOT NULL,
        text TEXT NOT NULL,
        files TEXT NOT NULL,
        saved_at INTEGER NOT NULL,
        is_listed INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX agent_by_name ON agent (name, saved_at);
    CREATE INDEX agent_listed ON agent (name, saved_at) WHERE is_listed = 1;

    """
