DROP TABLE stipend.untold_months;
DROP TABLE stipend.mirrored_budgets;
ALTER TABLE stipend.spend_sources
  DROP COLUMN mirrors_budgets,
  DROP COLUMN write_secret,
  DROP COLUMN mirror_error,
  DROP COLUMN write_error;
ALTER TABLE stipend.budgets DROP COLUMN owner;
