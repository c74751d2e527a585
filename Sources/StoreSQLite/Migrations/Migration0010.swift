/// Who saved a version of an agent, and what is new in it. The keys of requests are only ever looked for by themselves: their
/// index by task was written and never read.
let migration0010 = """
    ALTER TABLE agent ADD COLUMN author TEXT;
    ALTER TABLE agent ADD COLUMN note TEXT;

    DROP INDEX request_key_by_task;

    """
