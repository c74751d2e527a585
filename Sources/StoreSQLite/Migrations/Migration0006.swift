/// What calls of models have used and cost, by day, plan, agent and model.
///
/// `usage_sum` is a projection: a rebuild tells it anew from the events. Of tasks that were deleted there are none any more,
/// so their part is kept in `usage_deleted`, with which a rebuild begins.
let migration0006 = """
    CREATE TABLE usage_sum (
        -- Days after 1970-01-01, UTC.
        day INTEGER NOT NULL,
        plan TEXT NOT NULL,
        agent TEXT NOT NULL,
        model TEXT NOT NULL,
        calls INTEGER NOT NULL,
        unpriced_calls INTEGER NOT NULL,
        -- Nano-dollars, of calls with a known price.
        cost INTEGER NOT NULL,
        input INTEGER NOT NULL,
        cache_read INTEGER NOT NULL,
        cache_write INTEGER NOT NULL,
        output INTEGER NOT NULL,
        reasoning INTEGER NOT NULL,
        cache_write_1h INTEGER NOT NULL,
        audio_input INTEGER NOT NULL,
        audio_cache_read INTEGER NOT NULL,
        image_input INTEGER NOT NULL,
        audio_output INTEGER NOT NULL,
        image_output INTEGER NOT NULL,
        web_searches INTEGER NOT NULL,
        web_search_tokens INTEGER NOT NULL,
        PRIMARY KEY (day, plan, agent, model)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE usage_deleted (
        day INTEGER NOT NULL,
        plan TEXT NOT NULL,
        agent TEXT NOT NULL,
        model TEXT NOT NULL,
        calls INTEGER NOT NULL,
        unpriced_calls INTEGER NOT NULL,
        cost INTEGER NOT NULL,
        input INTEGER NOT NULL,
        cache_read INTEGER NOT NULL,
        cache_write INTEGER NOT NULL,
        output INTEGER NOT NULL,
        reasoning INTEGER NOT NULL,
        cache_write_1h INTEGER NOT NULL,
        audio_input INTEGER NOT NULL,
        audio_cache_read INTEGER NOT NULL,
        image_input INTEGER NOT NULL,
        audio_output INTEGER NOT NULL,
        image_output INTEGER NOT NULL,
        web_searches INTEGER NOT NULL,
        web_search_tokens INTEGER NOT NULL,
        PRIMARY KEY (day, plan, agent, model)
    ) STRICT, WITHOUT ROWID;

    -- One row. Tasks above `counted` that were made before there were sums are not in them yet; null when all are.
    CREATE TABLE usage_state (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        counted INTEGER
    ) STRICT;
    INSERT INTO usage_state (id, counted) SELECT 1, CASE WHEN EXISTS (SELECT 1 FROM task) THEN 0 END;
    """
