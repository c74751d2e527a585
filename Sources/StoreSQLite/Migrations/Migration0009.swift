/// The failed steps inside containers: those of a loop of a million iterations are found without reading the others.
let migration0009 = """
    CREATE INDEX step_failed ON step (task, parent, ordinal, path) WHERE status = 'failed' AND parent <> '';

    """
