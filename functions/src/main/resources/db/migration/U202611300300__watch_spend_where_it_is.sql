DROP TABLE stipend.spend_source_days;
DROP TABLE stipend.spend_source_rows;
DROP TABLE stipend.spend_source_lanes;
DROP TABLE stipend.spend_sources;

CREATE TABLE stipend.spend_sources (
  workspace_id uuid NOT NULL REFERENCES stipend.workspaces (id),
  name text NOT NULL,
  relation text NOT NULL,
  pulled_until timestamptz NOT NULL,
  lookback interval NOT NULL,
  last_error text,
  PRIMARY KEY (workspace_id, name)
);
