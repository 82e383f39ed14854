-- When a counter is to be evaluated though no line was crossed: for what is foreseen of it. Null for most.
ALTER TABLE stipend.budget_periods ADD COLUMN look_at timestamptz;

-- A line for spend of an hour that is out of the usual; the next migration validates it.
ALTER TABLE stipend.budget_thresholds
  DROP CONSTRAINT budget_thresholds_kind_check,
  ADD CONSTRAINT budget_thresholds_kind_check CHECK (kind IN ('actual', 'forecast', 'unusual')) NOT VALID;
