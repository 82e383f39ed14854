-- Undoes add_rag_mcp_integrations.

DROP TABLE mcp_sync_logs;
DROP TABLE mcp_integrations;
DROP TABLE rag_settings;
DROP TABLE rag_documents;

DROP TYPE "ProcessingStatus";
