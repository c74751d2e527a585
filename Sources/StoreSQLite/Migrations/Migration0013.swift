/// What was settled, by when: the inbox shows the latest first. A request that was withdrawn has no time of its own.
let migration0013 = """
    CREATE INDEX decision_by_end ON decision (coalesce(decided_at, requested_at), task, ordinal) WHERE state <> 'open';

    """
