-- Closing an alert overwrites its state, so what people were told of was not told from what a higher line spoke for.

-- Since when people are told of the alert itself. Null while a higher line, or a budget above, speaks for it.
ALTER TABLE stipend.alert_logs ADD COLUMN told_at timestamptz;

-- Those that were spoken for from the start have no delivery, or none that was sent.
UPDATE stipend.alert_logs a
SET told_at = a.raised_at
WHERE a.state = 'open'
  OR a.resolved_at IS NOT NULL AND EXISTS (
    SELECT
    FROM stipend.alert_deliveries d
    WHERE d.workspace_id = a.workspace_id
      AND d.alert_id = a.id
      AND d.purpose = 'raised');
