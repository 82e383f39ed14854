-- add_support_storage_systems: support tickets and stored files.
-- The document fixes the enum types, the names of the tables, and of storage_quotas what its seed fills.
-- All other columns are Stipend's design.
-- requires: table users from init_mvp_core
-- requires: table agents from init_mvp_core
-- requires: table artifacts from init_mvp_core

CREATE TYPE "TicketCategory" AS ENUM ('BUG', 'FEATURE', 'QUESTION', 'ACCOUNT', 'BILLING', 'PERFORMANCE', 'OTHER');
CREATE TYPE "TicketPriority" AS ENUM ('LOW', 'MEDIUM', 'HIGH', 'URGENT');
CREATE TYPE "TicketStatus" AS ENUM ('OPEN', 'IN_PROGRESS', 'WAITING_USER', 'RESOLVED', 'CLOSED', 'CANCELLED');
CREATE TYPE "StorageProvider" AS ENUM ('VERCEL_BLOB', 'LOCAL', 'AWS_S3', 'CLOUDFLARE_R2');
CREATE TYPE "FileAccessLevel" AS ENUM ('PRIVATE', 'INTERNAL', 'PUBLIC', 'SHARED');
CREATE TYPE "FileUsageContext" AS ENUM (
  'THEME', 'AVATAR', 'TICKET', 'ARTIFACT', 'HEALTH', 'FINANCE', 'BACKUP', 'TEMP', 'OTHER');
CREATE TYPE "FileAction" AS ENUM ('UPLOAD', 'DOWNLOAD', 'VIEW', 'DELETE', 'SHARE', 'UPDATE');
CREATE TYPE "ShareType" AS ENUM ('LINK', 'EMAIL', 'USER');

-- An UPDATE that does not set "updatedAt" itself has it set.
CREATE FUNCTION set_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."updatedAt" = OLD."updatedAt" THEN
    NEW."updatedAt" := CURRENT_TIMESTAMP;
  END IF;
  RETURN NEW;
END
$$;

CREATE TABLE support_tickets (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" uuid NOT NULL
    CONSTRAINT "support_tickets_userId_fkey" REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE,
  -- A person of the staff, an agent, both or nobody yet.
  "assignedTo" uuid
    CONSTRAINT "support_tickets_assignedTo_fkey" REFERENCES users (id) ON DELETE SET NULL ON UPDATE CASCADE,
  "agentId" uuid CONSTRAINT "support_tickets_agentId_fkey" REFERENCES agents (id) ON DELETE SET NULL ON UPDATE CASCADE,
  subject text NOT NULL CONSTRAINT support_tickets_subject_check CHECK (subject <> ''),
  description text NOT NULL,
  category "TicketCategory" NOT NULL DEFAULT 'OTHER',
  priority "TicketPriority" NOT NULL DEFAULT 'MEDIUM',
  status "TicketStatus" NOT NULL DEFAULT 'OPEN',
  metadata jsonb,
  "resolvedAt" timestamptz(3),
  "closedAt" timestamptz(3),
  "createdAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX "support_tickets_userId_createdAt_idx" ON support_tickets ("userId", "createdAt" DESC);
CREATE INDEX "support_tickets_assignedTo_idx" ON support_tickets ("assignedTo");
CREATE INDEX "support_tickets_agentId_idx" ON support_tickets ("agentId");
CREATE INDEX support_tickets_status_priority_idx ON support_tickets (status, priority);
CREATE TRIGGER updated_at BEFORE UPDATE ON support_tickets FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE support_messages (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  "ticketId" uuid NOT NULL
    CONSTRAINT "support_messages_ticketId_fkey" REFERENCES support_tickets (id) ON DELETE CASCADE ON UPDATE CASCADE,
  -- Who wrote it; neither, once the person or the agent has been deleted.
  "authorId" uuid
    CONSTRAINT "support_messages_authorId_fkey" REFERENCES users (id) ON DELETE SET NULL ON UPDATE CASCADE,
  "agentId" uuid CONSTRAINT "support_messages_agentId_fkey" REFERENCES agents (id) ON DELETE SET NULL ON UPDATE CASCADE,
  content text NOT NULL,
  "isInternal" boolean NOT NULL DEFAULT FALSE,
  metadata jsonb,
  "createdAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT support_messages_author_check CHECK (num_nonnulls("authorId", "agentId") <= 1)
);
CREATE INDEX "support_messages_ticketId_createdAt_idx" ON support_messages ("ticketId", "createdAt");
CREATE INDEX "support_messages_authorId_idx" ON support_messages ("authorId");
CREATE INDEX "support_messages_agentId_idx" ON support_messages ("agentId");

CREATE TABLE storage_folders (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" uuid NOT NULL
    CONSTRAINT "storage_folders_userId_fkey" REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE,
  "parentId" uuid
    CONSTRAINT "storage_folders_parentId_fkey" REFERENCES storage_folders (id) ON DELETE CASCADE ON UPDATE CASCADE,
  name text NOT NULL CONSTRAINT storage_folders_name_check CHECK (name <> ''),
  "createdAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT storage_folders_parent_check CHECK ("parentId" <> id)
);
-- Names are unique within a folder, and at the top.
CREATE UNIQUE INDEX "storage_folders_parentId_name_key" ON storage_folders ("parentId", name);
CREATE UNIQUE INDEX "storage_folders_userId_name_key" ON storage_folders ("userId", name) WHERE "parentId" IS NULL;
CREATE INDEX "storage_folders_userId_idx" ON storage_folders ("userId");
CREATE TRIGGER updated_at BEFORE UPDATE ON storage_folders FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE storage_files (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" uuid NOT NULL
    CONSTRAINT "storage_files_userId_fkey" REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE,
  "folderId" uuid
    CONSTRAINT "storage_files_folderId_fkey" REFERENCES storage_folders (id) ON DELETE SET NULL ON UPDATE CASCADE,
  -- What the file belongs to, in the contexts TICKET and ARTIFACT.
  "ticketId" uuid
    CONSTRAINT "storage_files_ticketId_fkey" REFERENCES support_tickets (id) ON DELETE SET NULL ON UPDATE CASCADE,
  "artifactId" uuid
    CONSTRAINT "storage_files_artifactId_fkey" REFERENCES artifacts (id) ON DELETE SET NULL ON UPDATE CASCADE,
  name text NOT NULL CONSTRAINT storage_files_name_check CHECK (name <> ''),
  "mimeType" text NOT NULL,
  size bigint NOT NULL CONSTRAINT storage_files_size_check CHECK (size >= 0),
  checksum text,
  provider "StorageProvider" NOT NULL DEFAULT 'VERCEL_BLOB',
  -- Where the provider keeps it.
  "storageKey" text NOT NULL,
  url text,
  "accessLevel" "FileAccessLevel" NOT NULL DEFAULT 'PRIVATE',
  "usageContext" "FileUsageContext" NOT NULL DEFAULT 'OTHER',
  metadata jsonb,
  "expiresAt" timestamptz(3),
  "createdAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE UNIQUE INDEX "storage_files_provider_storageKey_key" ON storage_files (provider, "storageKey");
CREATE INDEX "storage_files_userId_createdAt_idx" ON storage_files ("userId", "createdAt" DESC);
CREATE INDEX "storage_files_folderId_idx" ON storage_files ("folderId");
CREATE INDEX "storage_files_ticketId_idx" ON storage_files ("ticketId");
CREATE INDEX "storage_files_artifactId_idx" ON storage_files ("artifactId");
CREATE INDEX "storage_files_expiresAt_idx" ON storage_files ("expiresAt") WHERE "expiresAt" IS NOT NULL;
CREATE TRIGGER updated_at BEFORE UPDATE ON storage_files FOR EACH ROW EXECUTE FUNCTION set_updated_at();

-- Sizes are in bytes. How much of a quota is used is the sum over the user's storage_files.
CREATE TABLE storage_quotas (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" uuid NOT NULL
    CONSTRAINT "storage_quotas_userId_fkey" REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE,
  "maxStorage" bigint NOT NULL,
  "maxFileSize" bigint NOT NULL,
  "maxFiles" integer NOT NULL CONSTRAINT "storage_quotas_maxFiles_check" CHECK ("maxFiles" >= 0),
  "subscriptionTier" "SubscriptionTier" NOT NULL DEFAULT 'FREE',
  "createdAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT storage_quotas_sizes_check CHECK ("maxFileSize" >= 0 AND "maxStorage" >= "maxFileSize")
);
CREATE UNIQUE INDEX "storage_quotas_userId_key" ON storage_quotas ("userId");
CREATE TRIGGER updated_at BEFORE UPDATE ON storage_quotas FOR EACH ROW EXECUTE FUNCTION set_updated_at();

-- The log outlives file and person, so that a DELETE stays in it: hence the name.
CREATE TABLE file_access_logs (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  "fileId" uuid
    CONSTRAINT "file_access_logs_fileId_fkey" REFERENCES storage_files (id) ON DELETE SET NULL ON UPDATE CASCADE,
  "fileName" text NOT NULL,
  "userId" uuid CONSTRAINT "file_access_logs_userId_fkey" REFERENCES users (id) ON DELETE SET NULL ON UPDATE CASCADE,
  action "FileAction" NOT NULL,
  "ipAddress" inet,
  "userAgent" text,
  "createdAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX "file_access_logs_fileId_createdAt_idx" ON file_access_logs ("fileId", "createdAt" DESC);
CREATE INDEX "file_access_logs_userId_createdAt_idx" ON file_access_logs ("userId", "createdAt" DESC);

CREATE TABLE file_shares (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  "fileId" uuid NOT NULL
    CONSTRAINT "file_shares_fileId_fkey" REFERENCES storage_files (id) ON DELETE CASCADE ON UPDATE CASCADE,
  "sharedBy" uuid NOT NULL
    CONSTRAINT "file_shares_sharedBy_fkey" REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE,
  "type" "ShareType" NOT NULL,
  "sharedWith" uuid CONSTRAINT "file_shares_sharedWith_fkey" REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE,
  email text,
  -- SHA-256 of the link's token: whoever reads the table cannot open the file.
  "tokenHash" text,
  "expiresAt" timestamptz(3),
  "maxDownloads" integer CONSTRAINT "file_shares_maxDownloads_check" CHECK ("maxDownloads" > 0),
  "downloadCount" integer NOT NULL DEFAULT 0,
  "revokedAt" timestamptz(3),
  "createdAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT file_shares_target_check CHECK (
    CASE "type"
      WHEN 'LINK' THEN "tokenHash" IS NOT NULL
      WHEN 'EMAIL' THEN email IS NOT NULL
      ELSE "sharedWith" IS NOT NULL
    END)
);
CREATE UNIQUE INDEX "file_shares_tokenHash_key" ON file_shares ("tokenHash");
CREATE INDEX "file_shares_fileId_idx" ON file_shares ("fileId");
CREATE INDEX "file_shares_sharedBy_idx" ON file_shares ("sharedBy");
CREATE INDEX "file_shares_sharedWith_idx" ON file_shares ("sharedWith");
CREATE INDEX file_shares_email_idx ON file_shares (email);
