-- "LiteLLM_SpendLogs" as LiteLLM 1.106 describes it in its schema.prisma, without the columns that no
-- source reads but those with prompts and answers, which are large.
CREATE TABLE "LiteLLM_SpendLogs" (
  request_id text NOT NULL PRIMARY KEY,
  call_type text NOT NULL,
  api_key text NOT NULL DEFAULT '',
  spend double precision NOT NULL DEFAULT 0.0,
  total_tokens integer NOT NULL DEFAULT 0,
  prompt_tokens integer NOT NULL DEFAULT 0,
  completion_tokens integer NOT NULL DEFAULT 0,
  "startTime" timestamp(3) NOT NULL,
  "endTime" timestamp(3) NOT NULL,
  model text NOT NULL DEFAULT '',
  model_group text DEFAULT '',
  custom_llm_provider text DEFAULT '',
  "user" text DEFAULT '',
  metadata jsonb DEFAULT '{}',
  cache_hit text DEFAULT '',
  request_tags jsonb DEFAULT '[]',
  team_id text,
  end_user text,
  messages jsonb DEFAULT '{}',
  response jsonb DEFAULT '{}',
  session_id text,
  status text,
  agent_id text
);
CREATE INDEX "LiteLLM_SpendLogs_startTime_request_id_idx" ON "LiteLLM_SpendLogs" ("startTime", request_id);
