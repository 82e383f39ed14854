-- Queries find expired holds themselves now: calling a function cost more than the look-up.
DROP FUNCTION stipend.expired_holds(uuid, uuid, text, timestamptz, timestamptz);
