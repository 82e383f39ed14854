-- Closing an alert overwrites its state, so what people were told of was not told from what a higher line spoke for.
-- Since when people are told of the alert itself. Null while a higher line, or a budget above, speaks for it.
ALTER TABLE stipend.alert_logs ADD COLUMN told_at timestamptz;
