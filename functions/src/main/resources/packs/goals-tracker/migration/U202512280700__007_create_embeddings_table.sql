-- Undoes V202512280700__007_create_embeddings_table.sql. The embeddings are gone with their table;
-- the extension stays.

DROP TABLE embeddings;
