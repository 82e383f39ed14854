-- requires: extension vector
--
-- Embeddings of goals, tasks and the like, to be found by nearness. The columns are the document's
-- own.

-- lint:ignore type the document fixes varchar and timestamp
CREATE TABLE embeddings (
  id varchar(36) PRIMARY KEY,
  user_id varchar(36),
  entity_type varchar(50) NOT NULL,
  entity_id varchar(36) NOT NULL,
  content text NOT NULL,
  embedding vector(1536) NOT NULL,
  model varchar(100) NOT NULL DEFAULT 'text-embedding-3-small',
  metadata jsonb,
  created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE INDEX idx_embeddings_vector_hnsw ON embeddings
  USING hnsw (embedding vector_cosine_ops) WITH (m = 16, ef_construction = 64);
CREATE INDEX idx_embeddings_user_id ON embeddings (user_id);
CREATE INDEX idx_embeddings_entity ON embeddings (entity_type, entity_id);
CREATE INDEX idx_embeddings_created_at ON embeddings (created_at);

-- Where users live in another service, there is no key.
DO $$
BEGIN
  IF to_regclass(quote_ident(current_schema()) || '.users') IS NOT NULL THEN
    ALTER TABLE embeddings
      ADD CONSTRAINT embeddings_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE;
  END IF;
END
$$;
