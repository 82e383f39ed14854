-- What a model costs, per million tokens. Six decimals per million are twelve per token, so every cost is exact.
-- The nil workspace holds the list prices that all workspaces share.

CREATE TABLE stipend.model_prices (
  workspace_id uuid NOT NULL,
  provider text NOT NULL,
  model text NOT NULL,
  effective_from timestamptz NOT NULL,
  input_per_million numeric(18, 6) NOT NULL CHECK (input_per_million >= 0 AND input_per_million < 1000000),
  cached_input_per_million numeric(18, 6) CHECK (cached_input_per_million >= 0 AND cached_input_per_million < 1000000),
  output_per_million numeric(18, 6) NOT NULL CHECK (output_per_million >= 0 AND output_per_million < 1000000),
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  quoted_on date NOT NULL,
  PRIMARY KEY (workspace_id, provider, model, effective_from)
);
