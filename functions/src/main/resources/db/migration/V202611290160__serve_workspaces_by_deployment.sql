-- The channels that the deployment's environment configures serve the workspaces that they belong to, and no other: the
-- one that every deployment starts with, and those that they serve when this comes into force.
ALTER TABLE stipend.workspaces ADD COLUMN deployment_channels boolean NOT NULL DEFAULT FALSE;

UPDATE stipend.workspaces w
SET deployment_channels = TRUE
WHERE w.slug = 'default'
   OR EXISTS (
     SELECT
     FROM stipend.notification_channels c
     WHERE c.workspace_id = w.id
       AND c.name LIKE 'environment %'
       AND c.config = '{}'
       AND c.is_default
       AND c.archived_at IS NULL);
