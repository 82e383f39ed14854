-- Undoes V202611210010__price_every_kind_of_token.sql. What it made is gone with its data.

DROP INDEX stipend.model_prices_by_alias;
DROP INDEX stipend.model_prices_by_model;

ALTER TABLE stipend.model_prices
  DROP CONSTRAINT model_prices_ceiling,
  DROP COLUMN cache_write_per_million,
  DROP COLUMN audio_input_per_million,
  DROP COLUMN reasoning_per_million,
  DROP COLUMN audio_output_per_million,
  DROP COLUMN aliases,
  DROP COLUMN source;
