-- Undoes V202611210001__create_workspaces_and_keys.sql. What it made is gone with its data.

DROP TABLE stipend.api_keys;
DROP TABLE stipend.workspaces;
