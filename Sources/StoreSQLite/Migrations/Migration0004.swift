/// The newest position that was deleted, so that readers of the journal who stand before it are told that something is
/// missing. Of earlier deletions only the newest position of their time is known.
let migration0004 = """
    ALTER TABLE high_water ADD COLUMN deleted INTEGER NOT NULL DEFAULT 0;
    UPDATE high_water SET deleted = position;
    """
