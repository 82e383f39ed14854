-- How much the super admin and User One may store, in bytes. Repeating it changes nothing.
-- requires: table users from init_mvp_core
-- requires: table storage_quotas from add_support_storage_systems

INSERT INTO storage_quotas ("userId", "maxStorage", "maxFileSize", "maxFiles", "subscriptionTier")
SELECT u.id, q."maxStorage", q."maxFileSize", q."maxFiles", CAST(q.tier AS "SubscriptionTier")
FROM (
  VALUES
    ('superadmin@example.com', CAST(10737418240 AS bigint), CAST(104857600 AS bigint), 10000, 'UNLIMITED'),
    ('user1@example.com', 1073741824, 10485760, 100, 'FREE')
) AS q (email, "maxStorage", "maxFileSize", "maxFiles", tier)
JOIN users u ON u.email = q.email
ON CONFLICT ("userId") DO NOTHING;
