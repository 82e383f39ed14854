-- Undoes V202611210034__tell_alerts_apart.sql.
ALTER TABLE stipend.alert_logs DROP COLUMN told_at;
