-- Undoes V202512280600__006_create_events_table.sql. The events are gone with their table.

DROP TABLE events;
DROP TYPE eventtype;
