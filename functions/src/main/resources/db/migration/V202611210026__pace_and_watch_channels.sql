-- Channels are written to at a pace, know whether they work, and stand in for one another.

-- next_send_at: before it nothing is sent; wake_at: when the queue has somebody look again. Null: whenever.
ALTER TABLE stipend.notification_channels
  ADD COLUMN is_fallback boolean NOT NULL DEFAULT FALSE,
  ADD COLUMN health_reason text,
  ADD COLUMN failing_since timestamptz,
  ADD COLUMN next_send_at timestamptz,
  ADD COLUMN wake_at timestamptz;

-- lint:ignore index-not-concurrent a workspace has a handful of channels
CREATE UNIQUE INDEX notification_channels_fallback
  ON stipend.notification_channels (workspace_id) WHERE is_fallback AND archived_at IS NULL;

-- Deliveries that are sent as one message share its id. A purpose more: that another channel could not be reached. The
-- next migration validates it.
ALTER TABLE stipend.alert_deliveries
  ADD COLUMN digest_id uuid,
  DROP CONSTRAINT alert_deliveries_purpose_check,
  ADD CONSTRAINT alert_deliveries_purpose_check
    CHECK (purpose IN ('raised', 'recovered', 'undelivered')) NOT VALID;

-- Requests of Slack that were answered: each is, once. They are of interest for some minutes.
CREATE TABLE stipend.slack_requests (
  signature bytea PRIMARY KEY,
  received_at timestamptz NOT NULL
);
CREATE INDEX slack_requests_received_at ON stipend.slack_requests (received_at);
