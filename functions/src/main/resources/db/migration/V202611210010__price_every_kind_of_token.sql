-- Every kind of token may have its price; where one is null, its kind costs what plain input or output costs. A model
-- is also known by its aliases. The price of provider * and model * is a workspace's ceiling for unknown models.

ALTER TABLE stipend.model_prices
  ADD COLUMN cache_write_per_million numeric(18, 6) CHECK (cache_write_per_million >= 0 AND cache_write_per_million < 1000000),
  ADD COLUMN audio_input_per_million numeric(18, 6) CHECK (audio_input_per_million >= 0 AND audio_input_per_million < 1000000),
  ADD COLUMN reasoning_per_million numeric(18, 6) CHECK (reasoning_per_million >= 0 AND reasoning_per_million < 1000000),
  ADD COLUMN audio_output_per_million numeric(18, 6) CHECK (audio_output_per_million >= 0 AND audio_output_per_million < 1000000),
  ADD COLUMN aliases text[] NOT NULL DEFAULT '{}',
  ADD COLUMN source text,
  ADD CONSTRAINT model_prices_ceiling CHECK ((provider = '*') = (model = '*'));

CREATE INDEX model_prices_by_model ON stipend.model_prices (model);

CREATE INDEX model_prices_by_alias ON stipend.model_prices USING gin (aliases);
