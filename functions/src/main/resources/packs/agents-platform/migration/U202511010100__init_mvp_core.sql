-- Undoes init_mvp_core.

DROP TABLE audit_logs;
DROP TABLE usage_alerts;
DROP TABLE monthly_usage;
DROP TABLE usage_logs;
DROP TABLE artifacts;
DROP TABLE user_agent_permissions;
DROP TABLE messages;
DROP TABLE conversations;
DROP TABLE chat_sessions;
DROP TABLE agents;
DROP TABLE invitations;
DROP TABLE verification_tokens;
DROP TABLE auth_sessions;
DROP TABLE accounts;
DROP TABLE users;

DROP TYPE "AlertType";
DROP TYPE "InvitationStatus";
DROP TYPE "SubscriptionTier";
DROP TYPE "UserRole";
