/// The kinds of tokens that few calls have, and how many calls of models and tools there were.
///
/// A step's calls without a price were not counted before: one stands for all of them until the rows are rebuilt.
let migration0003 = """
    ALTER TABLE task ADD COLUMN tokens_rare TEXT;
    ALTER TABLE task ADD COLUMN children_tokens_rare TEXT;
    ALTER TABLE task ADD COLUMN tool_calls INTEGER;
    ALTER TABLE step ADD COLUMN tokens_rare TEXT;
    ALTER TABLE step ADD COLUMN model_calls INTEGER;
    ALTER TABLE step ADD COLUMN tool_calls INTEGER;
    ALTER TABLE step ADD COLUMN unpriced_calls INTEGER;
    UPDATE step SET unpriced_calls = 1 WHERE is_cost_known = 0;
    """
