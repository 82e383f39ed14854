-- Users, until they live in another service (variant external). The columns are the document's own.

-- lint:ignore type the document fixes varchar and timestamp
CREATE TABLE users (
  id varchar(36) PRIMARY KEY,
  email varchar(255) NOT NULL UNIQUE,
  username varchar(100) NOT NULL UNIQUE,
  hashed_password varchar(255) NOT NULL,
  full_name varchar(255),
  is_active boolean NOT NULL DEFAULT TRUE,
  is_superuser boolean NOT NULL DEFAULT FALSE,
  metadata jsonb,
  created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  last_login_at timestamp
);
-- The variant external drops the table only where it says this.
COMMENT ON TABLE users IS 'Temporary; made by 001_create_users_table of goals-tracker';

CREATE INDEX idx_users_email ON users (email);
CREATE INDEX idx_users_username ON users (username);
CREATE INDEX idx_users_is_active ON users (is_active);
