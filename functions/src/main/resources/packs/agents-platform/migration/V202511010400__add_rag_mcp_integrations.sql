-- add_rag_mcp_integrations: documents that agents search, and connections to other services.
-- The document fixes the names of the tables and rag_documents.vector_ids, written so; all other columns are Stipend's
-- design.
-- requires: table users from init_mvp_core
-- requires: table agents from init_mvp_core
-- requires: table storage_files from add_support_storage_systems
-- requires: migration 202511010300

CREATE TYPE "ProcessingStatus" AS ENUM ('PENDING', 'RUNNING', 'SUCCEEDED', 'FAILED');

-- Embeddings are in Pinecone: vector_ids are their ids there, in "namespace".
CREATE TABLE rag_documents (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" uuid NOT NULL
    CONSTRAINT "rag_documents_userId_fkey" REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE,
  -- For one agent, or for all that the user has.
  "agentId" uuid CONSTRAINT "rag_documents_agentId_fkey" REFERENCES agents (id) ON DELETE CASCADE ON UPDATE CASCADE,
  "fileId" uuid
    CONSTRAINT "rag_documents_fileId_fkey" REFERENCES storage_files (id) ON DELETE SET NULL ON UPDATE CASCADE,
  title text NOT NULL CONSTRAINT rag_documents_title_check CHECK (title <> ''),
  "sourceUrl" text,
  -- SHA-256 of the text: the same text needs no second embedding.
  "contentHash" text,
  status "ProcessingStatus" NOT NULL DEFAULT 'PENDING',
  "errorMessage" text,
  "embeddingModel" text,
  namespace text,
  vector_ids text[] NOT NULL DEFAULT '{}',
  metadata jsonb,
  "indexedAt" timestamptz(3),
  "createdAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX "rag_documents_userId_contentHash_idx" ON rag_documents ("userId", "contentHash");
CREATE INDEX "rag_documents_agentId_idx" ON rag_documents ("agentId");
CREATE INDEX "rag_documents_fileId_idx" ON rag_documents ("fileId");
-- What is still to do, or to look at.
CREATE INDEX rag_documents_status_idx ON rag_documents (status) WHERE status <> 'SUCCEEDED';
CREATE TRIGGER updated_at BEFORE UPDATE ON rag_documents FOR EACH ROW EXECUTE FUNCTION set_updated_at();

-- How a user's documents are cut into chunks and found again. Sizes are in tokens.
CREATE TABLE rag_settings (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" uuid NOT NULL
    CONSTRAINT "rag_settings_userId_fkey" REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE,
  "isEnabled" boolean NOT NULL DEFAULT TRUE,
  "embeddingModel" text NOT NULL,
  "chunkSize" integer NOT NULL DEFAULT 1000,
  "chunkOverlap" integer NOT NULL DEFAULT 200,
  "topK" integer NOT NULL DEFAULT 5 CONSTRAINT "rag_settings_topK_check" CHECK ("topK" > 0),
  "minScore" numeric(4, 3) NOT NULL DEFAULT 0.7
    CONSTRAINT "rag_settings_minScore_check" CHECK ("minScore" BETWEEN 0 AND 1),
  "createdAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT rag_settings_chunks_check CHECK ("chunkOverlap" >= 0 AND "chunkSize" > "chunkOverlap")
);
CREATE UNIQUE INDEX "rag_settings_userId_key" ON rag_settings ("userId");
CREATE TRIGGER updated_at BEFORE UPDATE ON rag_settings FOR EACH ROW EXECUTE FUNCTION set_updated_at();

-- A user's connection to a service: gmail, notion and so on. OAuth tokens are what the application encrypted with
-- AES-256, and "encryptionKeyId" says with which key; no key is in the database.
CREATE TABLE mcp_integrations (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" uuid NOT NULL
    CONSTRAINT "mcp_integrations_userId_fkey" REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE,
  provider text NOT NULL CONSTRAINT mcp_integrations_provider_check CHECK (provider ~ '^[a-z][a-z0-9_-]*$'),
  -- Which account there, since one user may have two.
  "accountName" text NOT NULL DEFAULT '',
  scopes text[] NOT NULL DEFAULT '{}',
  "accessTokenEncrypted" bytea,
  "refreshTokenEncrypted" bytea,
  "encryptionKeyId" text,
  "tokenExpiresAt" timestamptz(3),
  config jsonb,
  "isActive" boolean NOT NULL DEFAULT TRUE,
  "lastSyncAt" timestamptz(3),
  "createdAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "mcp_integrations_encryptionKeyId_check" CHECK (
    "encryptionKeyId" IS NOT NULL OR num_nonnulls("accessTokenEncrypted", "refreshTokenEncrypted") = 0)
);
CREATE UNIQUE INDEX "mcp_integrations_userId_provider_accountName_key"
  ON mcp_integrations ("userId", provider, "accountName");
CREATE INDEX "mcp_integrations_tokenExpiresAt_idx" ON mcp_integrations ("tokenExpiresAt") WHERE "isActive";
CREATE TRIGGER updated_at BEFORE UPDATE ON mcp_integrations FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE mcp_sync_logs (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  "integrationId" uuid NOT NULL
    CONSTRAINT "mcp_sync_logs_integrationId_fkey" REFERENCES mcp_integrations (id) ON DELETE CASCADE ON UPDATE CASCADE,
  status "ProcessingStatus" NOT NULL DEFAULT 'RUNNING',
  "itemsSynced" integer NOT NULL DEFAULT 0,
  "itemsFailed" integer NOT NULL DEFAULT 0,
  "errorMessage" text,
  "startedAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "finishedAt" timestamptz(3) CONSTRAINT "mcp_sync_logs_finishedAt_check" CHECK ("finishedAt" >= "startedAt"),
  CONSTRAINT mcp_sync_logs_items_check CHECK ("itemsSynced" >= 0 AND "itemsFailed" >= 0)
);
CREATE INDEX "mcp_sync_logs_integrationId_startedAt_idx" ON mcp_sync_logs ("integrationId", "startedAt" DESC);
