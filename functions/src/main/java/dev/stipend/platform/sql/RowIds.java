package dev.stipend.platform.sql;

import java.util.UUID;

/// Port: identities for new rows.
public interface RowIds {
  /// An identity that nobody has, later ones after earlier ones, so that indexes grow at their end.
  UUID next();
}
