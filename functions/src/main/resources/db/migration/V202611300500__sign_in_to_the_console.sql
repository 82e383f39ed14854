-- What sessions of the console are signed with: random, and of this database alone.
INSERT INTO stipend.deployment_keys (purpose, key)
VALUES (
  'session',
  sha256(convert_to(CAST(gen_random_uuid() AS text) || CAST(gen_random_uuid() AS text), 'UTF8')));

-- A cookie that was copied ends with its session.
CREATE TABLE stipend.ended_sessions (
  session_id uuid PRIMARY KEY,
  expires_at timestamptz NOT NULL
);

CREATE INDEX ended_sessions_expires_at ON stipend.ended_sessions (expires_at);

-- How often somebody has tried to sign in lately, by the digest of their address and by that of the key's beginning.
CREATE TABLE stipend.sign_in_attempts (
  bucket bytea PRIMARY KEY CHECK (octet_length(bucket) = 32),
  since timestamptz NOT NULL,
  attempts integer NOT NULL CHECK (attempts > 0)
);

CREATE INDEX sign_in_attempts_since ON stipend.sign_in_attempts (since);
