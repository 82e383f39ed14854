package dev.stipend.usecase.source;

import dev.stipend.budget.mirror.MirroredBudgets;
import dev.stipend.ingest.ledger.LedgerHorizon;
import dev.stipend.ingest.record.UsageEventReader;
import dev.stipend.ingest.source.HostReader;
import dev.stipend.ingest.source.KeptRows;
import dev.stipend.ingest.source.SourceCheck;
import dev.stipend.ingest.source.SourceChecker;
import dev.stipend.ingest.source.SourceCursor;
import dev.stipend.ingest.source.SourceCursors;
import dev.stipend.ingest.source.SourceRepository;
import dev.stipend.ingest.source.SourceSettings;
import dev.stipend.ingest.source.SpendSource;
import dev.stipend.platform.host.HostDatabases;
import dev.stipend.platform.host.HostException;
import dev.stipend.platform.sql.RowIds;
import dev.stipend.tenant.Workspace;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// Connects sources: tries them first, so that none is kept that cannot be read.
@Singleton
public class ConnectSource {
  /// What one statement of a check may take: somebody waits for its answer.
  private static final Duration STATEMENT = Duration.ofSeconds(10);

  private final HostDatabases hosts;
  private final SourceRepository sources;
  private final SourceCursors cursors;
  private final KeptRows kept;
  private final LedgerHorizon horizon;
  private final RowIds ids;
  private final MirrorBudgets budgets;
  private final MirroredBudgets mirrored;
  private final TellApplication telling;

  ConnectSource(
      HostDatabases hosts,
      SourceRepository sources,
      SourceCursors cursors,
      KeptRows kept,
      LedgerHorizon horizon,
      RowIds ids,
      MirrorBudgets budgets,
      MirroredBudgets mirrored,
      TellApplication telling) {
    this.hosts = hosts;
    this.sources = sources;
    this.cursors = cursors;
    this.kept = kept;
    this.horizon = horizon;
    this.ids = ids;
    this.budgets = budgets;
    this.mirrored = mirrored;
    this.telling = telling;
  }

  /// From when on rows count.
  public sealed interface From {
    /// Rows that are new.
    record Now() implements From {}

    /// Rows of the current month of the workspace.
    record Month() implements From {}

    /// All rows.
    record All() implements From {}

    /// Rows of an instant on.
    record At(Instant instant) implements From {}

    /// The first instant whose rows count.
    default Instant instant(Workspace workspace, Instant now) {
      return switch (this) {
        case Now none -> now;
        case Month none -> {
          ZoneId zone = ZoneId.of(workspace.timeZone());
          yield now.atZone(zone).toLocalDate().withDayOfMonth(1).atStartOfDay(zone).toInstant();
        }
        case All none -> UsageEventReader.BEGINNING;
        case At at ->
            at.instant().isBefore(UsageEventReader.BEGINNING)
                ? UsageEventReader.BEGINNING
                : at.instant();
      };
    }
  }

  /// A source that may be connected.
  ///
  /// @param settings with all columns that are read
  /// @param liveFrom the time from which on rows are new, as the host writes it
  /// @param backfillFrom the time from which on earlier rows count, as the host writes it; empty if
  ///     none do
  public record Checked(
      SourceCheck check, SourceSettings settings, String liveFrom, Optional<String> backfillFrom) {}

  /// Tries a source, and keeps nothing.
  ///
  /// @throws HostException if it cannot be read
  public Checked check(Workspace workspace, SourceSettings settings, From from, Instant now) {
    try (HostReader host = HostReader.find(hosts.read(settings.urlSecret()), settings, STATEMENT)) {
      UsageEventReader events =
          UsageEventReader.ofAnyAge(workspace.currency(), now, horizon.read());
      SourceCheck check =
          new SourceChecker(host, events, settings, now).check().with(warnings(settings));
      Instant first = from.instant(workspace, now);
      return new Checked(
          check,
          host.settings(),
          host.time(first.isAfter(now) ? first : now),
          first.isBefore(now) ? Optional.of(host.time(first)) : Optional.empty());
    }
  }

  private List<String> warnings(SourceSettings settings) {
    return Stream.of(budgets.warning(settings), telling.warning(settings))
        .flatMap(Optional::stream)
        .toList();
  }

  /// Keeps a source that was checked. One that was removed and comes back knows its rows again.
  ///
  /// @throws SourceTakenException if the name is taken, or something else reads the relation
  @Transactional
  public SpendSource connect(Workspace workspace, Checked checked, From from, Instant now) {
    SourceSettings settings = checked.settings();
    UUID id = requireFree(workspace, settings).orElseGet(ids::next);
    sources.connect(workspace.id(), id, settings, from.instant(workspace, now), now);
    kept.clear(workspace.id(), id);
    cursors.clear(workspace.id(), id);
    cursors.begin(
        workspace.id(), id, cursor(SourceCursor.LIVE, checked.liveFrom(), Optional.empty()));
    checked
        .backfillFrom()
        .ifPresent(
            first ->
                cursors.begin(
                    workspace.id(),
                    id,
                    cursor(SourceCursor.BACKFILL, first, Optional.of(checked.liveFrom()))));
    return sources.find(workspace.id(), id).orElseThrow();
  }

  /// Edits a source, in the caller's transaction.
  ///
  /// @throws SourceTakenException if the name is taken
  public void edit(SpendSource before, SourceForm.Edit edit, Instant now) {
    UUID workspace = before.workspaceId();
    for (SpendSource other : sources.list(workspace)) {
      if (other.settings().name().equals(edit.name()) && !other.id().equals(before.id())) {
        throw nameTaken(edit.name());
      }
    }
    sources.edit(workspace, before.id(), edit.name(), edit.every(), edit.lookback(), now);
    mirrored.rename(before, edit.name());
    edit.paused()
        .filter(paused -> paused != before.pausedAt().isPresent())
        .ifPresent(
            paused -> {
              if (paused) {
                sources.pause(workspace, before.id(), now);
              } else {
                sources.resume(workspace, before.id(), now);
              }
            });
  }

  /// Removes a source. What it recorded stays; budgets that it mirrored are archived. It is gone
  /// before they are, so that whoever follows its rows meanwhile makes no other.
  @Transactional
  public void remove(SpendSource source, Instant now) {
    sources.remove(source.workspaceId(), source.id(), now);
    budgets.end(source, now);
  }

  private static SourceTakenException nameTaken(String name) {
    return new SourceTakenException(
        "There is a source called %s already; choose another name.".formatted(name));
  }

  private static SourceCursor cursor(String name, String from, Optional<String> until) {
    return new SourceCursor(name, from, Optional.empty(), until, 0);
  }

  /// The id of a removed source of the same relation, if there is one.
  private Optional<UUID> requireFree(Workspace workspace, SourceSettings settings) {
    Optional<SpendSource> before = sources.findSame(workspace.id(), settings);
    Optional<UUID> same = before.map(SpendSource::id);
    for (SpendSource other : sources.list(workspace.id())) {
      if (same.filter(other.id()::equals).isPresent()) {
        throw new SourceTakenException(
            "Source %s reads %s.%s already; its rows would count twice."
                .formatted(other.settings().name(), settings.schema(), settings.relation()));
      }
      if (other.settings().name().equals(settings.name())) {
        throw nameTaken(settings.name());
      }
    }
    before
        .map(source -> source.settings().idColumn())
        .filter(column -> !column.equals(settings.idColumn()))
        .ifPresent(
            column -> {
              throw new SourceTakenException(
                  "%s.%s was read before with %s as its event_id; with another one its rows would count twice."
                      .formatted(settings.schema(), settings.relation(), column));
            });
    return same;
  }
}
