-- What adjustments have taken back of an event: a sender that is not trusted takes back no more than the event cost.
-- It stands beside the event's id, whose row settles the race of two refunds.
ALTER TABLE stipend.usage_event_ids ADD COLUMN refunded numeric(38, 12) NOT NULL DEFAULT 0;
