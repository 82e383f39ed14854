-- What the document's validation script looks at, and what its checklist asks for after a migration: tables, foreign
-- keys and indexes by name, users and agents counted, no orphaned conversation. It reads only, and works while tables
-- are missing. A phase counts as applied if its enum type is there; phase 1 always has to be.
WITH phase (n, title, marker) AS (
  VALUES
    (1, 'init_mvp_core', 'UserRole'),
    (2, 'add_support_storage_systems', 'TicketCategory'),
    (3, 'add_health_finance_systems', 'TransactionType'),
    (4, 'add_rag_mcp_integrations', 'ProcessingStatus')
),
names (n, kind, list) AS (
  VALUES
    (1, 'table', '
      users accounts auth_sessions verification_tokens invitations agents chat_sessions conversations messages
      user_agent_permissions artifacts usage_logs monthly_usage usage_alerts audit_logs'),
    (1, 'foreign key', '
      accounts_userId_fkey auth_sessions_userId_fkey invitations_invitedBy_fkey agents_createdBy_fkey
      chat_sessions_userId_fkey conversations_chatSessionId_fkey conversations_agentId_fkey
      messages_conversationId_fkey user_agent_permissions_userId_fkey user_agent_permissions_agentId_fkey
      artifacts_agentId_fkey artifacts_parentId_fkey usage_logs_userId_fkey usage_logs_agentId_fkey
      monthly_usage_userId_fkey usage_alerts_userId_fkey audit_logs_adminId_fkey'),
    (1, 'index', '
      users_email_key users_role_idx users_subscription_tier_idx users_last_interaction_idx
      accounts_provider_providerAccountId_key accounts_userId_idx auth_sessions_sessionToken_key
      auth_sessions_userId_idx verification_tokens_token_key verification_tokens_identifier_token_key
      invitations_token_key invitations_email_idx invitations_invitedBy_idx agents_slug_key agents_createdBy_idx
      agents_category_idx chat_sessions_userId_idx conversations_agentId_idx conversations_chatSessionId_idx
      messages_conversationId_idx user_agent_permissions_userId_agentId_key user_agent_permissions_userId_idx
      user_agent_permissions_agentId_idx artifacts_agentId_idx artifacts_userId_idx artifacts_parentId_idx
      usage_logs_userId_timestamp_idx usage_logs_agentId_timestamp_idx monthly_usage_userId_year_month_key
      monthly_usage_userId_idx usage_alerts_userId_idx audit_logs_adminId_idx audit_logs_timestamp_idx'),
    (2, 'table', '
      support_tickets support_messages storage_files storage_folders storage_quotas file_access_logs file_shares'),
    (2, 'foreign key', '
      support_tickets_userId_fkey support_tickets_assignedTo_fkey support_tickets_agentId_fkey
      support_messages_ticketId_fkey support_messages_authorId_fkey support_messages_agentId_fkey
      storage_folders_userId_fkey storage_folders_parentId_fkey storage_files_userId_fkey
      storage_files_folderId_fkey storage_files_ticketId_fkey storage_files_artifactId_fkey
      storage_quotas_userId_fkey file_access_logs_fileId_fkey file_access_logs_userId_fkey
      file_shares_fileId_fkey file_shares_sharedBy_fkey file_shares_sharedWith_fkey'),
    (2, 'index', '
      support_tickets_userId_createdAt_idx support_tickets_assignedTo_idx support_tickets_agentId_idx
      support_tickets_status_priority_idx support_messages_ticketId_createdAt_idx support_messages_authorId_idx
      support_messages_agentId_idx storage_folders_parentId_name_key storage_folders_userId_name_key
      storage_folders_userId_idx storage_files_provider_storageKey_key storage_files_userId_createdAt_idx
      storage_files_folderId_idx storage_files_ticketId_idx storage_files_artifactId_idx
      storage_files_expiresAt_idx storage_quotas_userId_key file_access_logs_fileId_createdAt_idx
      file_access_logs_userId_createdAt_idx file_shares_tokenHash_key file_shares_fileId_idx
      file_shares_sharedBy_idx file_shares_sharedWith_idx file_shares_email_idx'),
    (3, 'table', '
      health_profiles medical_conditions medications medication_logs allergies medical_appointments
      health_measurements financial_profiles financial_accounts transactions budgets debts debt_payments
      investments recurring_payments'),
    (3, 'foreign key', '
      health_profiles_userId_fkey medical_conditions_userId_fkey medications_userId_fkey
      medications_conditionId_fkey medication_logs_medicationId_fkey allergies_userId_fkey
      medical_appointments_userId_fkey health_measurements_userId_fkey financial_profiles_userId_fkey
      financial_accounts_userId_fkey recurring_payments_userId_fkey recurring_payments_accountId_fkey
      transactions_accountId_fkey transactions_recurringPaymentId_fkey budgets_userId_fkey debts_userId_fkey
      debt_payments_debtId_fkey debt_payments_transactionId_fkey investments_userId_fkey'),
    (3, 'index', '
      health_profiles_userId_key medical_conditions_userId_idx medications_userId_idx
      medications_conditionId_idx medication_logs_medicationId_loggedAt_idx allergies_userId_idx
      medical_appointments_userId_startsAt_idx health_measurements_userId_type_measuredAt_idx
      financial_profiles_userId_key financial_accounts_userId_idx recurring_payments_userId_idx
      recurring_payments_accountId_idx recurring_payments_nextDueOn_idx transactions_accountId_occurredAt_idx
      transactions_recurringPaymentId_idx budgets_userId_category_period_startsOn_key debts_userId_idx
      debt_payments_debtId_paidOn_idx debt_payments_transactionId_idx investments_userId_idx'),
    (4, 'table', '
      rag_documents rag_settings mcp_integrations mcp_sync_logs'),
    (4, 'foreign key', '
      rag_documents_userId_fkey rag_documents_agentId_fkey rag_documents_fileId_fkey rag_settings_userId_fkey
      mcp_integrations_userId_fkey mcp_sync_logs_integrationId_fkey'),
    (4, 'index', '
      rag_documents_userId_contentHash_idx rag_documents_agentId_idx rag_documents_fileId_idx
      rag_documents_status_idx rag_settings_userId_key mcp_integrations_userId_provider_accountName_key
      mcp_integrations_tokenExpiresAt_idx mcp_sync_logs_integrationId_startedAt_idx')
),
ns AS (
  SELECT oid FROM pg_namespace WHERE nspname = current_schema()
),
applied AS (
  SELECT p.n, p.title, p.n = 1 OR EXISTS (
    SELECT FROM pg_type t JOIN ns ON ns.oid = t.typnamespace WHERE t.typname = p.marker) AS here
  FROM phase p
),
wanted AS (
  SELECT l.n, l.kind, word AS name
  FROM names l
  CROSS JOIN regexp_split_to_table(btrim(l.list, E' \n'), E'\\s+') AS word
),
-- Every table has a primary key but one.
expected AS (
  SELECT n, kind, name FROM wanted
  UNION ALL
  SELECT n, 'index', name || '_pkey' FROM wanted WHERE kind = 'table' AND name <> 'verification_tokens'
),
tables AS (
  SELECT c.oid, c.relname, c.relrowsecurity
  FROM pg_class c JOIN ns ON ns.oid = c.relnamespace WHERE c.relkind IN ('r', 'p')
),
found AS (
  SELECT 'table' AS kind, relname AS name, TRUE AS valid FROM tables
  UNION ALL
  SELECT 'foreign key', k.conname, k.convalidated
  FROM pg_constraint k JOIN tables t ON t.oid = k.conrelid WHERE k.contype = 'f'
  UNION ALL
  SELECT 'index', c.relname, i.indisvalid
  FROM pg_index i JOIN tables t ON t.oid = i.indrelid JOIN pg_class c ON c.oid = i.indexrelid
),
compared AS (
  SELECT e.n, e.kind, e.name, a.here, f.name IS NOT NULL AS present, coalesce(f.valid, FALSE) AS valid
  FROM expected e JOIN applied a ON a.n = e.n LEFT JOIN found f ON f.kind = e.kind AND f.name = e.name
),
counted AS (
  SELECT kind, count(*) FILTER (WHERE present) AS present, count(*) AS wanted, count(*) FILTER (WHERE valid) AS valid,
    array_agg(name ORDER BY n, name) FILTER (WHERE NOT present) AS missing,
    array_agg(name ORDER BY n, name) FILTER (WHERE present AND NOT valid) AS invalid
  FROM compared WHERE here GROUP BY kind
),
-- Every check by name, with the figure and, where it fails, the first names of what is wrong.
listed (n, name, present, wanted, word, names) AS (
  SELECT 2, 'tables', present, wanted, 'missing', missing FROM counted WHERE kind = 'table'
  UNION ALL SELECT 3, 'foreign keys', present, wanted, 'missing', missing FROM counted WHERE kind = 'foreign key'
  UNION ALL SELECT 4, 'foreign keys validated', valid, present, 'not validated', invalid
  FROM counted WHERE kind = 'foreign key'
  UNION ALL SELECT 5, 'indexes', present, wanted, 'missing', missing FROM counted WHERE kind = 'index'
  UNION ALL SELECT 6, 'indexes valid', valid, present, 'not valid', invalid FROM counted WHERE kind = 'index'
  UNION ALL SELECT 7, 'row-level security of health and finance', count(*) FILTER (WHERE t.relrowsecurity), count(*),
    'not enabled on', array_agg(c.name ORDER BY c.name) FILTER (WHERE NOT t.relrowsecurity)
  FROM compared c JOIN tables t ON t.relname = c.name
  WHERE c.n = 3 AND c.kind = 'table' AND c.here
  HAVING count(*) > 0
),
line (n, name, ok, detail) AS (
  SELECT a.n / 10.0, format('phase %s: %s', a.n, a.title), NOT a.here OR bool_and(c.present),
    CASE WHEN a.here THEN format('%s of %s tables', count(*) FILTER (WHERE c.present), count(*)) ELSE 'not applied' END
  FROM applied a JOIN compared c ON c.n = a.n AND c.kind = 'table'
  GROUP BY a.n, a.title, a.here
  UNION ALL
  SELECT n, name, names IS NULL, format('%s of %s', present, wanted)
    || CASE WHEN names IS NULL THEN '' ELSE format(': %s %s', word, array_to_string(names[1:5], ', ')) END
    || CASE WHEN cardinality(names) > 5 THEN format(' and %s more', cardinality(names) - 5) ELSE '' END
  FROM listed
)
SELECT name, ok, detail FROM line ORDER BY n;

-- check: users
-- needs: users.id
SELECT TRUE, count(*) FROM users;

-- check: agents
-- needs: agents.id
SELECT TRUE, count(*) FROM agents;

-- check: orphaned conversations
-- needs: conversations.chatSessionId chat_sessions.id
SELECT count(*) = 0, count(*)
FROM conversations c
WHERE NOT EXISTS (SELECT FROM chat_sessions s WHERE s.id = c."chatSessionId");
