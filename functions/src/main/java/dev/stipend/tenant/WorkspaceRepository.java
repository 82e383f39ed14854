package dev.stipend.tenant;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Reads workspaces.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface WorkspaceRepository extends GenericRepository<Workspace, UUID> {
  @Query(
      """
      SELECT id, slug, name, currency, time_zone, locale
      FROM stipend.workspaces
      WHERE slug = :slug
      """)
  Optional<Workspace> findBySlug(String slug);

  @Query(
      """
      SELECT id, slug, name, currency, time_zone, locale
      FROM stipend.workspaces
      WHERE id = :id
      """)
  Optional<Workspace> findById(UUID id);

  /// The workspace that is meant where none is named: the only one. Empty where there are several.
  @Query(
      """
      SELECT id, slug, name, currency, time_zone, locale
      FROM stipend.workspaces w
      WHERE NOT EXISTS (SELECT FROM stipend.workspaces other WHERE other.id <> w.id)
      """)
  Optional<Workspace> findOnly();

  /// All workspaces, by their slug.
  @Query(
      """
      SELECT id, slug, name, currency, time_zone, locale
      FROM stipend.workspaces
      ORDER BY slug
      """)
  List<Workspace> list();
}
