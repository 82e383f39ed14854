-- One administrator and two users. Repeating it changes nothing.
-- requires: table users from init_mvp_core

INSERT INTO users (email, "emailVerified", name, role, "subscriptionTier", "isActive", "updatedAt")
VALUES
  ('admin@example.com', CURRENT_TIMESTAMP, 'Admin User', 'ADMIN', 'PRO', TRUE, CURRENT_TIMESTAMP),
  ('user1@example.com', CURRENT_TIMESTAMP, 'User One', 'USER', 'FREE', TRUE, CURRENT_TIMESTAMP),
  ('user2@example.com', CURRENT_TIMESTAMP, 'User Two', 'SUBSCRIBER', 'PRO', TRUE, CURRENT_TIMESTAMP)
ON CONFLICT (email) DO NOTHING;
