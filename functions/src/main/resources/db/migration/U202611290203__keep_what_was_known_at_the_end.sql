-- Undoes V202611290203__keep_what_was_known_at_the_end.sql.
UPDATE stipend.budget_periods SET closed_spend = NULL WHERE closed_at IS NULL AND closed_spend IS NOT NULL;

ALTER TABLE stipend.budget_periods
  ADD CONSTRAINT budget_periods_closed_spend CHECK ((closed_at IS NULL) = (closed_spend IS NULL));
