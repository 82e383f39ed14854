package dev.stipend.tenant;

import dev.stipend.platform.json.Labels;
import dev.stipend.platform.sql.Sql;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Recognises API keys. A key is looked up by its SHA-256, so that neither the database nor the
/// time of a look-up reveals anything about the stored keys.
@Singleton
public class ApiKeys {
  private static final Logger LOG = LoggerFactory.getLogger(ApiKeys.class);

  private final KeyLookup lookup;
  private final KeyUse use;
  private final KnownCallers recognised;
  private final JdbcOperations jdbc;

  ApiKeys(KeyLookup lookup, KeyUse use, KnownCallers recognised, JdbcOperations jdbc) {
    this.lookup = lookup;
    this.use = use;
    this.recognised = recognised;
    this.jdbc = jdbc;
  }

  /// The caller to whom the key belongs; empty for an unknown or revoked key. Notes the use at a
  /// coarse grain, in a transaction of its own.
  public Optional<Caller> authenticate(String key, Instant now) {
    byte[] hash = KeyText.hash(key);
    Optional<KeyLookup.Known> known = lookup.find(hash);
    known.ifPresentOrElse(
        valid -> recognised.remember(hash, valid.caller(), now), () -> recognised.forget(hash));
    return used(known, now);
  }

  /// The caller to whom a key belongs that somebody has signed in with; empty if it has been
  /// revoked since. Notes the use, too.
  public Optional<Caller> find(UUID workspace, UUID key, Instant now) {
    return used(lookup.find(workspace, key), now);
  }

  private Optional<Caller> used(Optional<KeyLookup.Known> known, Instant now) {
    known
        .filter(found -> KeyUse.isWorthNoting(found.lastUsedAt(), now))
        .ifPresent(found -> note(found.caller(), now));
    return known.map(KeyLookup.Known::caller);
  }

  /// The caller to whom the key belonged when this process recognised it lately, for when the
  /// database does not answer. While it answers, nobody asks this, so that a revocation holds at
  /// once.
  public Optional<Caller> remembered(String key, Instant now) {
    return recognised.find(KeyText.hash(key), now);
  }

  /// Nobody is turned away because this could not be written, as on a database that only reads.
  private void note(Caller caller, Instant now) {
    try {
      use.note(caller.workspace().id(), caller.keyId(), now);
    } catch (RuntimeException unwritten) {
      LOG.warn("The last use of {} could not be saved", caller.actor(), unwritten);
    }
  }

  /// Makes sure that a key exists in a workspace, as an installation's first key must. The same key
  /// again changes nothing.
  @Transactional
  public void ensure(String workspaceSlug, String key, Role role, Optional<String> userId) {
    Sql.update(
        jdbc,
        """
        INSERT INTO stipend.api_keys (workspace_id, name, prefix, key_hash, role, user_id)
        SELECT id, 'bootstrap', ?, ?, ?, ?
        FROM stipend.workspaces
        WHERE slug = ?
        ON CONFLICT (key_hash) DO NOTHING
        """,
        KeyText.prefix(key),
        KeyText.hash(key),
        Labels.of(role),
        userId.orElse(null),
        workspaceSlug);
  }
}
