-- Undoes V202611210008__price_ledger_later.sql. What it made is gone with its data.

DROP TABLE stipend.unpriced_events;

ALTER TABLE stipend.usage_logs DROP CONSTRAINT usage_logs_pkey;
ALTER TABLE stipend.usage_logs ADD PRIMARY KEY (workspace_id, event_id, occurred_at);
CREATE INDEX usage_logs_occurred_at ON stipend.usage_logs USING brin (occurred_at);

ALTER TABLE stipend.usage_logs
  DROP COLUMN cache_write_tokens,
  DROP COLUMN audio_input_tokens,
  DROP COLUMN reasoning_tokens,
  DROP COLUMN audio_output_tokens,
  DROP COLUMN unpriced;
