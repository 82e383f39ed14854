-- Undoes V202611290160__serve_workspaces_by_deployment.sql. The deployment's channels serve all workspaces again.
ALTER TABLE stipend.workspaces DROP COLUMN deployment_channels;
