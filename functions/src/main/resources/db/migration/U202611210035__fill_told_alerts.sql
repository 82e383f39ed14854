-- Undoes V202611210035__fill_told_alerts.sql. Counters that are marked once too often are evaluated once too often.
UPDATE stipend.alert_logs SET told_at = NULL WHERE told_at IS NOT NULL;
