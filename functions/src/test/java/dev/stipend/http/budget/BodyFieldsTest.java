package dev.stipend.http.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.budget.Budget;
import dev.stipend.budget.OnFailure;
import dev.stipend.budget.Scope;
import dev.stipend.budget.edit.BudgetPatch;
import dev.stipend.budget.edit.BudgetRequest;
import dev.stipend.budget.edit.IncreaseRequest;
import dev.stipend.budget.edit.NewBudget;
import dev.stipend.http.alert.AlertActionController;
import dev.stipend.http.reservation.WorkRequest;
import dev.stipend.http.usage.AssignmentRequest;
import dev.stipend.http.usage.UsageController;
import dev.stipend.ingest.price.PriceReader;
import dev.stipend.ingest.price.Providers;
import dev.stipend.ingest.record.UsageEventReader;
import dev.stipend.money.Money;
import dev.stipend.notification.channel.ChannelRequest;
import dev.stipend.notification.silence.SilenceRequest;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.report.simulation.SimulationRequest;
import dev.stipend.report.summary.SummaryRequest;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.http.ApiDescription;
import dev.stipend.tenant.Caller;
import dev.stipend.tenant.NewKey;
import dev.stipend.tenant.Role;
import dev.stipend.tenant.Workspace;
import dev.stipend.tenant.WorkspaceRepository;
import dev.stipend.tenant.people.NewPerson;
import dev.stipend.time.CalendarCadence;
import dev.stipend.time.PeriodKind;
import dev.stipend.usecase.source.SourceForm;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The fields that the description names are those that the readers ask for: not one more, not one
/// less.
@ExtendWith(StipendExtension.class)
final class BodyFieldsTest {
  private static final Instant NOW = SettableClock.START;
  private static final Caller CALLER =
      new Caller(
          new Workspace(new UUID(0, 1), "default", "Test", "USD", "UTC", "en"),
          new UUID(0, 2),
          Role.ADMIN,
          Optional.of("u1"));

  private static final Budget EACH =
      new NewBudget(
              "Each",
              Scope.USER,
              Scope.EACH,
              Money.ZERO,
              new CalendarCadence(PeriodKind.DAILY, ZoneOffset.UTC, DayOfWeek.MONDAY, 1, 1),
              List.of(),
              false,
              OnFailure.CLOSED,
              List.of(),
              "test",
              Optional.empty())
          .proposed(new UUID(0, 1));

  /// Who reads which body. A body of another system's form has nobody here.
  private static Map<String, Consumer<Map<?, ?>>> readers(Stipend stipend) {
    ChannelRequest channels = stipend.context.getBean(ChannelRequest.class);
    SilenceRequest silences = stipend.context.getBean(SilenceRequest.class);
    UUID workspace =
        stipend.context.getBean(WorkspaceRepository.class).findBySlug("default").orElseThrow().id();
    return Map.ofEntries(
        entry("AssignmentBody", AssignmentRequest::read),
        entry("BudgetPatchBody", body -> BudgetPatch.read(body, NOW)),
        entry("ChannelBody", body -> channels.read(body, workspace)),
        entry("ChannelPatchBody", body -> channels.read(body, workspace)),
        entry("IncreaseBody", body -> IncreaseRequest.read(body, EACH, NOW)),
        entry("KeyBody", NewKey::read),
        entry("PersonBody", body -> NewPerson.read("alice", body)),
        entry("SummaryScheduleBody", body -> SummaryRequest.read(body, CALLER.workspace())),
        entry("SilenceBody", body -> silences.read(body, CALLER.workspace(), NOW)),
        entry("SilencePatchBody", body -> silences.read(body, CALLER.workspace(), NOW)),
        entry("SimulationBody", body -> SimulationRequest.read(body, CALLER, NOW)),
        entry("SnoozeBody", body -> AlertActionController.until(body, ZoneOffset.UTC, NOW)),
        entry("BudgetBody", body -> BudgetRequest.read(body, CALLER, NOW)),
        entry("SourceBody", body -> SourceForm.read(body, CALLER.workspace(), true)),
        entry("SourcePatchBody", body -> SourceForm.Edit.read(body, calls().settings())),
        entry("ExtensionBody", body -> WorkRequest.ttl(JsonFields.of(body))),
        entry("PriceBody", body -> new PriceReader(Providers.read()).read(body)),
        entry("PricesBody", BodyFieldsTest::readPrices),
        entry("ReservationBody", WorkRequest::toReserve),
        entry("SettlementBody", body -> UsageEventReader.live("USD", NOW).read(body)),
        entry("LogsBody", body -> body.get("resourceLogs")),
        entry("TracesBody", body -> body.get("resourceSpans")),
        entry("UsageBody", BodyFieldsTest::readUsage),
        entry("WorkBody", WorkRequest::toValidate));
  }

  private static SourceForm calls() {
    return SourceForm.read(Map.of("name", "Calls", "relation", "calls"), CALLER.workspace(), true);
  }

  private static Map.Entry<String, Consumer<Map<?, ?>>> entry(
      String body, Consumer<Map<?, ?>> reader) {
    return Map.entry(body, reader);
  }

  @Test
  void aBodyIsDescribedWithTheFieldsThatItsReaderKnows(Stipend stipend) {
    ApiDescription api = ApiDescription.of(stipend);
    Map<String, Consumer<Map<?, ?>>> readers = readers(stipend);
    for (ApiDescription.Route route : api.routes()) {
      Optional<String> body = api.bodyName(route);
      if (body.isPresent()) {
        assertThat(readers)
            .as("Name here who reads the body of %s, so that its fields are compared.", route)
            .containsKey(body.get());
        Set<String> asked = new TreeSet<>();
        Set<String> described = new TreeSet<>();
        Map<?, ?> sample = sample(api, api.body(route), "", asked, described);
        try {
          Objects.requireNonNull(readers.get(body.get())).accept(sample);
        } catch (InvalidJsonException ignored) {
          // What the fields hold does not matter here, only which are asked for.
        }
        if (body.get().equals("BudgetPatchBody")) {
          // Known so that they can be refused with what to do instead.
          asked.removeAll(BudgetPatch.FIXED);
        }
        assertThat(described)
            .as("fields of api.schema.%s, described and asked for", body.get())
            .isEqualTo(asked);
      }
    }
  }

  private static void readUsage(Map<?, ?> body) {
    UsageController.messages(body).forEach(event -> UsageEventReader.live("USD", NOW).read(event));
  }

  /// The list's own two fields are known by the file's text only.
  private static void readPrices(Map<?, ?> body) {
    body.get("currency");
    if (body.get("prices") instanceof List<?> prices) {
      prices.forEach(price -> new PriceReader(Providers.read()).read(price));
    }
  }

  /// A value with every described field, that notes which are asked for.
  private static Map<?, ?> sample(
      ApiDescription api, Map<?, ?> schema, String path, Set<String> asked, Set<String> described) {
    Map<String, Object> fields = new LinkedHashMap<>();
    ApiDescription.map(schema, "properties")
        .forEach(
            (name, field) -> {
              described.add(path + name);
              fields.put(
                  String.valueOf(name),
                  value(api, (Map<?, ?>) field, path + name, asked, described));
            });
    return new LinkedHashMap<String, Object>(fields) {
      private static final long serialVersionUID = 1L;

      @Override
      public @Nullable Object get(@Nullable Object name) {
        asked.add(path + name);
        return super.get(name);
      }
    };
  }

  private static Object value(
      ApiDescription api, Map<?, ?> field, String path, Set<String> asked, Set<String> described) {
    Map<?, ?> schema = api.resolved(field);
    if ("array".equals(schema.get("type"))) {
      List<Object> list = new ArrayList<>();
      list.add(value(api, ApiDescription.map(schema, "items"), path + "[]", asked, described));
      return list;
    }
    return ApiDescription.map(schema, "properties").isEmpty()
        ? ApiDescription.list(schema, "enum").stream()
            .findFirst()
            .map(Object.class::cast)
            .orElse("x")
        : sample(api, schema, path + ".", asked, described);
  }
}
