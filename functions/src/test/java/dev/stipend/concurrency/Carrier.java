package dev.stipend.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.concurrency.Story.Parcel;
import dev.stipend.ingest.bulk.UnusableFileException;
import dev.stipend.support.Stipend;
import dev.stipend.support.http.Requests.Answer;
import dev.stipend.tenant.Workspace;
import dev.stipend.tenant.WorkspaceRepository;
import dev.stipend.usecase.ImportUsage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Brings parcels to Stipend as queues, senders and operators do: what fails comes again.
///
/// @param folder where files to import are put
/// @param contested ids that two contents claim, of which one may be refused
record Carrier(Stipend stipend, Path folder, Set<String> contested) {
  private static final String UNREADABLE = "{\"eventId\":";

  /// Answers whether the parcel has arrived; if not, it has to be brought again.
  boolean bring(Parcel message) {
    return switch (message.way()) {
      case QUEUE -> survives(() -> queue(message));
      case HTTP -> http(message);
      case FILE -> survives(() -> file(message));
    };
  }

  /// Whether work came to its end; only losing its connection may keep it from that.
  static boolean survives(BooleanSupplier work) {
    try {
      return work.getAsBoolean();
    } catch (RuntimeException failure) {
      if (lostItsConnection(failure)) {
        return false;
      }
      throw failure;
    }
  }

  /// Half of the events come in messages of their own, half in one list, in which there may be
  /// poison; among them is a message that nobody can read.
  private boolean queue(Parcel message) {
    int half = message.events().size() / 2;
    List<String> bodies = new ArrayList<>();
    Set<Integer> mustFail = new HashSet<>();
    Set<Integer> mayFail = new HashSet<>();
    for (Told event : message.events().subList(0, half)) {
      if (contested.contains(event.id())) {
        mayFail.add(bodies.size());
      }
      bodies.add(event.json());
    }
    List<Told> rest = message.events().subList(half, message.events().size());
    if (rest.stream().anyMatch(event -> contested.contains(event.id()))) {
      mayFail.add(bodies.size());
    }
    if (!message.poison().isEmpty()) {
      mustFail.add(bodies.size());
      mustFail.add(bodies.size() + 1);
    }
    bodies.add("[" + list(rest, message.poison()) + "]");
    if (!message.poison().isEmpty()) {
      bodies.add(UNREADABLE);
    }
    List<Integer> failed = stipend.record(bodies.toArray(String[]::new));
    mayFail.addAll(mustFail);
    assertThat(failed).containsAll(mustFail).isSubsetOf(mayFail);
    return true;
  }

  private boolean http(Parcel message) {
    String body = "{\"events\":[" + list(message.events(), message.poison()) + "]}";
    Answer answer = stipend.api("POST", "/api/usage", body);
    if (answer.status() == 503) {
      return false;
    }
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    List<?> rejected = (List<?>) answer.json().get("rejected");
    assertThat(rejected)
        .allSatisfy(
            each -> {
              String id = String.valueOf(((Map<?, ?>) each).get("eventId"));
              assertThat(id.startsWith("poison") || contested.contains(id)).as(id).isTrue();
            })
        .hasSizeGreaterThanOrEqualTo(message.poison().size());
    return true;
  }

  /// A file that is not through is imported again, and goes on where it was; so does one that
  /// somebody else imports at the same time.
  private boolean file(Parcel message) {
    try {
      Path file = folder.resolve("usage-" + message.number() + ".jsonl");
      if (Files.notExists(file)) {
        Path whole = Files.createTempFile(folder, "usage", ".new");
        Files.write(whole, lines(message));
        Files.move(whole, file);
      }
      Workspace workspace =
          stipend.context.getBean(WorkspaceRepository.class).findBySlug("default").orElseThrow();
      stipend
          .context
          .getBean(ImportUsage.class)
          .run(workspace, file, Map.of(), (counts, read, bytes) -> {});
      return true;
    } catch (UnusableFileException somebodyElse) {
      assertThat(somebodyElse).hasMessageContaining("Another process is importing this file");
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(Parcel message) {
    return Stream.concat(message.events().stream().map(Told::json), message.poison().stream())
        .toList();
  }

  private static String list(List<Told> events, List<String> poison) {
    return Stream.concat(poison.stream(), events.stream().map(Told::json))
        .collect(Collectors.joining(","));
  }

  /// The server ended the connection (class 57), it is broken (class 08), or the pool, which knows
  /// no such classes, had already found it broken.
  private static boolean lostItsConnection(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof SQLException sql) {
        String state = sql.getSQLState();
        if (state == null || state.startsWith("57P") || state.startsWith("08")) {
          return true;
        }
      }
    }
    return false;
  }
}
