/// Each time that a version of a plan or an agent was saved, with who did it and what they said. Until now only the last time
/// was known.
let migration0011 = """
    CREATE TABLE plan_saving (
        hash TEXT NOT NULL,
        saved_at INTEGER NOT NULL,
        author TEXT,
        note TEXT,
        PRIMARY KEY (hash, saved_at)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO plan_saving (hash, saved_at, author, note)
        SELECT hash, saved_at, author, note FROM plan WHERE is_listed = 1;

    CREATE TABLE agent_saving (
        hash TEXT NOT NULL,
        saved_at INTEGER NOT NULL,
        author TEXT,
        note TEXT,
        PRIMARY KEY (hash, saved_at)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO agent_saving (hash, saved_at, author, note) SELECT hash, saved_at, author, note FROM agent;

    """
