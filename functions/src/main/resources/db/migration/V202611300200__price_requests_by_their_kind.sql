-- A rate may depend on the request: its length, its service tier, the life of a cache write, images. What few events and
-- few prices have is one JSON object, NULL where there is nothing: rows without it take no space.

ALTER TABLE stipend.usage_logs ADD COLUMN details jsonb;

ALTER TABLE stipend.model_prices ADD COLUMN tariff jsonb;

-- Attributes of usage that nobody here understands: they may be tokens that are not counted.

CREATE TABLE stipend.unknown_usage_attributes (
  workspace_id uuid NOT NULL REFERENCES stipend.workspaces (id),
  library text NOT NULL CHECK (length(library) <= 200),
  attribute text NOT NULL CHECK (length(attribute) BETWEEN 1 AND 200),
  version text NOT NULL CHECK (length(version) <= 200),
  last_value text NOT NULL CHECK (length(last_value) <= 200),
  events bigint NOT NULL CHECK (events > 0),
  first_seen_at timestamptz NOT NULL,
  last_seen_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, library, attribute)
);
