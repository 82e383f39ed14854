-- init_mvp_core: people, agents, conversations, artifacts, usage and the audit log.
-- Names, types, keys and indexes are the document's, word for word: "userId" and the like need their quotes,
-- verification_tokens has no primary key, and artifacts."userId" no foreign key.

CREATE TYPE "UserRole" AS ENUM (
  'SUPER_ADMIN', 'ADMIN', 'INVITED_AGENT', 'INVITED_STORAGE', 'SUBSCRIBER', 'MANAGER', 'DEVELOPER', 'USER', 'GUEST');
CREATE TYPE "SubscriptionTier" AS ENUM ('FREE', 'BASIC', 'PRO', 'ENTERPRISE', 'CUSTOM', 'UNLIMITED');
CREATE TYPE "InvitationStatus" AS ENUM ('PENDING', 'ACCEPTED', 'EXPIRED', 'CANCELLED');
CREATE TYPE "AlertType" AS ENUM ('APPROACHING_LIMIT', 'LIMIT_WARNING', 'LIMIT_EXCEEDED', 'UNUSUAL_ACTIVITY');

-- lint:ignore type the document fixes varchar and timestamp(3)
CREATE TABLE users (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  email varchar(255) NOT NULL,
  "emailVerified" timestamp(3),
  name varchar(255),
  "displayName" varchar(255),
  avatar varchar(500),
  "dateOfBirth" date,
  timezone varchar(100) NOT NULL DEFAULT 'America/Mexico_City',
  language varchar(10) NOT NULL DEFAULT 'es',
  bio text,
  role "UserRole" NOT NULL DEFAULT 'USER',
  permissions jsonb,
  "isActive" boolean NOT NULL DEFAULT TRUE,
  "personalityProfile" jsonb,
  "aiProfileLastUpdate" timestamp(3),
  "subscriptionTier" "SubscriptionTier" NOT NULL DEFAULT 'FREE',
  "subscriptionId" varchar(255),
  "subscriptionStart" timestamp(3),
  "subscriptionEnd" timestamp(3),
  "customLimits" jsonb,
  "totalMessages" integer NOT NULL DEFAULT 0,
  "totalTokensUsed" bigint NOT NULL DEFAULT 0,
  "monthlyMessages" integer NOT NULL DEFAULT 0,
  "monthlyTokens" bigint NOT NULL DEFAULT 0,
  "lastResetAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "lastInteraction" timestamp(3),
  "createdAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) NOT NULL
);
CREATE UNIQUE INDEX users_email_key ON users (email);
CREATE INDEX users_role_idx ON users (role);
CREATE INDEX users_subscription_tier_idx ON users ("subscriptionTier");
CREATE INDEX users_last_interaction_idx ON users ("lastInteraction" DESC);

-- lint:ignore type the document fixes varchar and timestamp(3)
CREATE TABLE accounts (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" uuid NOT NULL CONSTRAINT "accounts_userId_fkey" REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE,
  "type" varchar(50) NOT NULL,
  provider varchar(100) NOT NULL,
  "providerAccountId" varchar(255) NOT NULL,
  refresh_token text,
  access_token text,
  expires_at integer,
  token_type varchar(50),
  scope text,
  id_token text,
  session_state varchar(255),
  "createdAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) NOT NULL
);
CREATE UNIQUE INDEX "accounts_provider_providerAccountId_key" ON accounts (provider, "providerAccountId");
CREATE INDEX "accounts_userId_idx" ON accounts ("userId");

-- lint:ignore type the document fixes varchar and timestamp(3)
CREATE TABLE auth_sessions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  "sessionToken" varchar(500) NOT NULL,
  "userId" uuid NOT NULL
    CONSTRAINT "auth_sessions_userId_fkey" REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE,
  expires timestamp(3) NOT NULL
);
CREATE UNIQUE INDEX "auth_sessions_sessionToken_key" ON auth_sessions ("sessionToken");
CREATE INDEX "auth_sessions_userId_idx" ON auth_sessions ("userId");

-- lint:ignore type the document fixes varchar and timestamp(3)
CREATE TABLE verification_tokens (
  identifier varchar(255) NOT NULL,
  token varchar(500) NOT NULL,
  expires timestamp(3) NOT NULL
);
CREATE UNIQUE INDEX verification_tokens_token_key ON verification_tokens (token);
CREATE UNIQUE INDEX verification_tokens_identifier_token_key ON verification_tokens (identifier, token);

-- lint:ignore type the document fixes varchar and timestamp(3)
CREATE TABLE invitations (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  email varchar(255) NOT NULL,
  token varchar(500) NOT NULL,
  role "UserRole" NOT NULL,
  status "InvitationStatus" NOT NULL DEFAULT 'PENDING',
  "invitedBy" uuid NOT NULL
    CONSTRAINT "invitations_invitedBy_fkey" REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE,
  "expiresAt" timestamp(3) NOT NULL,
  "acceptedAt" timestamp(3),
  "createdAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE UNIQUE INDEX invitations_token_key ON invitations (token);
CREATE INDEX invitations_email_idx ON invitations (email);
CREATE INDEX "invitations_invitedBy_idx" ON invitations ("invitedBy");

-- lint:ignore type the document fixes varchar and timestamp(3)
CREATE TABLE agents (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  "createdBy" uuid NOT NULL
    CONSTRAINT "agents_createdBy_fkey" REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE,
  name varchar(255) NOT NULL,
  slug varchar(255) NOT NULL,
  description text,
  category varchar(100) NOT NULL,
  model varchar(100) NOT NULL,
  config jsonb,
  "endpointUrl" varchar(500) NOT NULL,
  "systemPrompt" text,
  "isPublic" boolean NOT NULL DEFAULT FALSE,
  "isActive" boolean NOT NULL DEFAULT TRUE,
  "documentationUrl" varchar(500),
  "tutorialUrl" varchar(500),
  capabilities jsonb,
  "totalUses" integer NOT NULL DEFAULT 0,
  "totalMessages" integer NOT NULL DEFAULT 0,
  "averageRating" numeric(3, 2),
  "createdAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) NOT NULL
);
CREATE UNIQUE INDEX agents_slug_key ON agents (slug);
CREATE INDEX "agents_createdBy_idx" ON agents ("createdBy");
CREATE INDEX agents_category_idx ON agents (category);

-- lint:ignore type the document fixes varchar and timestamp(3)
CREATE TABLE chat_sessions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" uuid NOT NULL
    CONSTRAINT "chat_sessions_userId_fkey" REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE,
  "startedAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "lastActivity" timestamp(3) NOT NULL,
  metadata jsonb
);
CREATE INDEX "chat_sessions_userId_idx" ON chat_sessions ("userId");

-- lint:ignore type the document fixes varchar and timestamp(3)
CREATE TABLE conversations (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  "chatSessionId" uuid NOT NULL
    CONSTRAINT "conversations_chatSessionId_fkey" REFERENCES chat_sessions (id) ON DELETE CASCADE ON UPDATE CASCADE,
  "agentId" uuid NOT NULL
    CONSTRAINT "conversations_agentId_fkey" REFERENCES agents (id) ON DELETE CASCADE ON UPDATE CASCADE,
  title varchar(500) NOT NULL,
  summary text,
  "messageCount" integer NOT NULL DEFAULT 0,
  "tokenCount" integer NOT NULL DEFAULT 0,
  "createdAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) NOT NULL
);
CREATE INDEX "conversations_agentId_idx" ON conversations ("agentId");
CREATE INDEX "conversations_chatSessionId_idx" ON conversations ("chatSessionId");

-- lint:ignore type the document fixes varchar and timestamp(3)
CREATE TABLE messages (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  "conversationId" uuid NOT NULL
    CONSTRAINT "messages_conversationId_fkey" REFERENCES conversations (id) ON DELETE CASCADE ON UPDATE CASCADE,
  role varchar(50) NOT NULL,
  content text NOT NULL,
  "tokensInput" integer,
  "tokensOutput" integer,
  metadata jsonb,
  "timestamp" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX "messages_conversationId_idx" ON messages ("conversationId");

-- lint:ignore type the document fixes varchar and timestamp(3)
CREATE TABLE user_agent_permissions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" uuid NOT NULL
    CONSTRAINT "user_agent_permissions_userId_fkey" REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE,
  "agentId" uuid NOT NULL
    CONSTRAINT "user_agent_permissions_agentId_fkey" REFERENCES agents (id) ON DELETE CASCADE ON UPDATE CASCADE,
  "grantedBy" varchar(255),
  "grantedAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE UNIQUE INDEX "user_agent_permissions_userId_agentId_key" ON user_agent_permissions ("userId", "agentId");
CREATE INDEX "user_agent_permissions_userId_idx" ON user_agent_permissions ("userId");
CREATE INDEX "user_agent_permissions_agentId_idx" ON user_agent_permissions ("agentId");

-- lint:ignore type the document fixes varchar and timestamp(3)
CREATE TABLE artifacts (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  "agentId" uuid NOT NULL
    CONSTRAINT "artifacts_agentId_fkey" REFERENCES agents (id) ON DELETE CASCADE ON UPDATE CASCADE,
  "userId" varchar(255) NOT NULL,
  "conversationId" uuid,
  name varchar(500) NOT NULL,
  "type" varchar(50) NOT NULL,
  content text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  "parentId" uuid CONSTRAINT "artifacts_parentId_fkey" REFERENCES artifacts (id) ON DELETE SET NULL ON UPDATE CASCADE,
  metadata jsonb,
  tags jsonb,
  "createdAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) NOT NULL
);
CREATE INDEX "artifacts_agentId_idx" ON artifacts ("agentId");
CREATE INDEX "artifacts_userId_idx" ON artifacts ("userId");
CREATE INDEX "artifacts_parentId_idx" ON artifacts ("parentId");

-- lint:ignore type the document fixes varchar and timestamp(3)
CREATE TABLE usage_logs (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" uuid NOT NULL CONSTRAINT "usage_logs_userId_fkey" REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE,
  "agentId" uuid NOT NULL
    CONSTRAINT "usage_logs_agentId_fkey" REFERENCES agents (id) ON DELETE CASCADE ON UPDATE CASCADE,
  "conversationId" uuid,
  "messageId" varchar(255),
  "tokensInput" integer NOT NULL,
  "tokensOutput" integer NOT NULL,
  "totalTokens" integer NOT NULL,
  model varchar(100) NOT NULL,
  "costInput" numeric(10, 6) NOT NULL,
  "costOutput" numeric(10, 6) NOT NULL,
  "totalCost" numeric(10, 6) NOT NULL,
  duration integer,
  success boolean NOT NULL DEFAULT TRUE,
  "errorMessage" text,
  "timestamp" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX "usage_logs_userId_timestamp_idx" ON usage_logs ("userId", "timestamp" DESC);
CREATE INDEX "usage_logs_agentId_timestamp_idx" ON usage_logs ("agentId", "timestamp" DESC);

-- lint:ignore type the document fixes varchar and timestamp(3)
CREATE TABLE monthly_usage (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" uuid NOT NULL
    CONSTRAINT "monthly_usage_userId_fkey" REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE,
  year integer NOT NULL,
  month integer NOT NULL CONSTRAINT monthly_usage_month_check CHECK (month BETWEEN 1 AND 12),
  "totalMessages" integer NOT NULL DEFAULT 0,
  "totalTokens" bigint NOT NULL DEFAULT 0,
  "totalCost" numeric(10, 2) NOT NULL DEFAULT 0,
  "agentUsage" jsonb NOT NULL,
  "limitMessages" integer,
  "limitTokens" bigint,
  "exceededLimit" boolean NOT NULL DEFAULT FALSE,
  "warningsSent" integer NOT NULL DEFAULT 0,
  "createdAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) NOT NULL
);
CREATE UNIQUE INDEX "monthly_usage_userId_year_month_key" ON monthly_usage ("userId", year, month);
CREATE INDEX "monthly_usage_userId_idx" ON monthly_usage ("userId");

-- lint:ignore type the document fixes varchar and timestamp(3)
CREATE TABLE usage_alerts (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" uuid NOT NULL
    CONSTRAINT "usage_alerts_userId_fkey" REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE,
  "type" "AlertType" NOT NULL,
  threshold integer NOT NULL,
  triggered boolean NOT NULL DEFAULT FALSE,
  "resolvedAt" timestamp(3),
  "createdAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX "usage_alerts_userId_idx" ON usage_alerts ("userId");

-- lint:ignore type the document fixes varchar and timestamp(3)
CREATE TABLE audit_logs (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  "adminId" uuid NOT NULL
    CONSTRAINT "audit_logs_adminId_fkey" REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE,
  action varchar(100) NOT NULL,
  "targetId" uuid,
  details jsonb,
  "ipAddress" inet,
  "timestamp" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX "audit_logs_adminId_idx" ON audit_logs ("adminId");
CREATE INDEX audit_logs_timestamp_idx ON audit_logs ("timestamp" DESC);
