-- Undoes V202611290120__check_stamps_again.sql.
DROP FUNCTION stipend.has_stamp(uuid, uuid);
