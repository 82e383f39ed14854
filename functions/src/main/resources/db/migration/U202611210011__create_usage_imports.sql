-- Undoes V202611210011__create_usage_imports.sql. What it made is gone with its data.

DROP TABLE stipend.usage_imports;
