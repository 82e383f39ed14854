-- What links in mails are signed with, so that nobody makes one up: random, and of this database alone.
CREATE TABLE stipend.deployment_keys (
  purpose text PRIMARY KEY,
  key bytea NOT NULL CHECK (octet_length(key) = 32)
);

INSERT INTO stipend.deployment_keys (purpose, key)
VALUES (
  'unsubscribe',
  sha256(convert_to(CAST(gen_random_uuid() AS text) || CAST(gen_random_uuid() AS text), 'UTF8')));

-- Every reader of a channel gets a mail of their own. Who has got one is known while it is tried again for others.
CREATE TABLE stipend.mail_progress (
  workspace_id uuid NOT NULL,
  channel_id uuid NOT NULL,
  notice text NOT NULL,
  address text NOT NULL,
  sent_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, channel_id, notice, address),
  FOREIGN KEY (workspace_id, channel_id) REFERENCES stipend.notification_channels (workspace_id, id)
);

-- They are forgotten when nothing is tried any more.
CREATE INDEX mail_progress_sent_at ON stipend.mail_progress (sent_at);
