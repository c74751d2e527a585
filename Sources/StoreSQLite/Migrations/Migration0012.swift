/// What of a step's time was none of its own. Steps that were cut off or retried before keep the time they had.
let migration0012 = """
    ALTER TABLE step ADD COLUMN idle_ms INTEGER;

    """
