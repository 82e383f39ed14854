-- A line for usage that stays away longer than it usually does; the next migration validates it. Lines may remind of
-- their alert while it is open; alerts note when they do so next, and how often they did.
ALTER TABLE stipend.budget_thresholds
  DROP CONSTRAINT budget_thresholds_kind_check,
  ADD CONSTRAINT budget_thresholds_kind_check CHECK (kind IN ('actual', 'forecast', 'unusual', 'stale')) NOT VALID,
  ADD COLUMN remind_every_hours smallint CHECK (remind_every_hours BETWEEN 1 AND 168);

ALTER TABLE stipend.alert_logs
  ADD COLUMN remind_at timestamptz,
  ADD COLUMN reminders smallint NOT NULL DEFAULT 0;
