-- The owner's super admin. An installation that wants no other sample data runs this file alone.
-- Repeating it changes nothing.
-- requires: table users from init_mvp_core

INSERT INTO users (
  email, "emailVerified", name, "displayName", role, "subscriptionTier", "isActive", "updatedAt")
VALUES (
  'superadmin@example.com', CURRENT_TIMESTAMP, 'Super Admin', 'Super Admin', 'SUPER_ADMIN', 'UNLIMITED', TRUE,
  CURRENT_TIMESTAMP)
ON CONFLICT (email) DO NOTHING;
