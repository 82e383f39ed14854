-- Undoes V202611210006__create_alerts.sql. What it made is gone with its data.

DROP TABLE stipend.silences;
DROP TABLE stipend.alert_deliveries;
DROP TABLE stipend.budget_channels;
DROP TABLE stipend.notification_channels;
DROP TABLE stipend.alert_logs;
