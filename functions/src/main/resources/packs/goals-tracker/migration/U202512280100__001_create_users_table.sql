-- Undoes V202512280100__001_create_users_table.sql. The users are gone with their table.

DROP TABLE users;
