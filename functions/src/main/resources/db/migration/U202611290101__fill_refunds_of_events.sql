-- Undoes V202611290101__fill_refunds_of_events.sql.
UPDATE stipend.usage_event_ids SET refunded = 0 WHERE refunded <> 0;
