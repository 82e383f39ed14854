-- Undoes V202611290100__count_refunds_of_events.sql.
ALTER TABLE stipend.usage_event_ids DROP COLUMN refunded;
