-- The ledger learns the token kinds that are priced apart, and what waits for a price.
-- Its key begins with the time: rows arrive nearly in that order, so a batch touches few pages of the index whatever
-- its ids are, and ranges of time are read from the same index. (The order of ids would touch a page per event.)

ALTER TABLE stipend.usage_logs
  -- NULL: the sender did not tell; counts as none. They are parts of the input and the output.
  ADD COLUMN cache_write_tokens bigint CHECK (cache_write_tokens >= 0),
  ADD COLUMN audio_input_tokens bigint CHECK (audio_input_tokens >= 0),
  ADD COLUMN reasoning_tokens bigint CHECK (reasoning_tokens >= 0),
  ADD COLUMN audio_output_tokens bigint CHECK (audio_output_tokens >= 0),
  -- What the row adds to the count of unpriced events: 1 while nobody knows its price (its cost is NULL, or the
  -- ceiling that counts meanwhile), -1 for the adjustment that prices such an event later.
  ADD COLUMN unpriced smallint NOT NULL DEFAULT 0 CHECK (unpriced BETWEEN -1 AND 1);

UPDATE stipend.usage_logs SET unpriced = 1 WHERE cost IS NULL;

ALTER TABLE stipend.usage_logs DROP CONSTRAINT usage_logs_pkey;
ALTER TABLE stipend.usage_logs ADD PRIMARY KEY (workspace_id, occurred_at, event_id);
DROP INDEX stipend.usage_logs_occurred_at;

-- What waits for a price, by model: the events whose ledger rows have unpriced = 1 and no adjustment with -1 yet.
CREATE TABLE stipend.unpriced_events (
  workspace_id uuid NOT NULL,
  provider text NOT NULL,
  model text NOT NULL,
  occurred_at timestamptz NOT NULL,
  event_id text NOT NULL,
  input_tokens bigint NOT NULL,
  output_tokens bigint NOT NULL,
  PRIMARY KEY (workspace_id, provider, model, occurred_at, event_id)
);

INSERT INTO stipend.unpriced_events (
  workspace_id, provider, model, occurred_at, event_id, input_tokens, output_tokens)
SELECT workspace_id, provider, model, occurred_at, event_id, input_tokens, output_tokens
FROM stipend.usage_logs
WHERE unpriced = 1;
