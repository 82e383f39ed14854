package dev.stipend.cli;

import dev.stipend.ingest.ledger.UsageEvent;
import dev.stipend.ingest.source.SourceCheck;
import dev.stipend.money.Money;
import dev.stipend.tenant.Workspace;
import dev.stipend.usecase.source.ConnectSource;
import dev.stipend.usecase.source.SourceForm;
import io.micronaut.context.ApplicationContext;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// Connects a table whose rows are spend.
@Command(
    name = "connect",
    description = {
      "Connects a table or a view whose rows are spend: checks it, shows what its newest rows would"
          + " count, and has the sweep read it from now on.",
      "Known tables are presets: agents-platform, ai-agent-system, prompt-budget, litellm. Any"
          + " other needs columns event_id, occurred_at, and cost or model, or --column says which"
          + " are these."
    },
    mixinStandardHelpOptions = true)
final class SourceConnect implements Callable<Integer> {
  private static final String ROW = "  %-24s %-27s %-20s %-24s %s%n";

  @ParentCommand private Source source;

  @Spec private CommandSpec spec;

  @Mixin private WorkspaceOption workspace;

  @Parameters(paramLabel = "NAME", description = "What people call the source.")
  private String name;

  @Option(names = "--preset", paramLabel = "PRESET", description = "A known table.")
  private @Nullable String preset;

  @Option(
      names = "--schema",
      paramLabel = "SCHEMA",
      defaultValue = "public",
      description = "Where the relation is (${DEFAULT-VALUE}).")
  private String schema = "public";

  @Option(
      names = "--relation",
      paramLabel = "NAME",
      description = "The table or view (default: the preset's own).")
  private @Nullable String relation;

  @Option(
      names = "--url-secret",
      paramLabel = "SECRET",
      description =
          "Names the variable or the ARN of the secret that holds the URL of the database (default:"
              + " the database of Stipend itself).")
  private @Nullable String urlSecret;

  @Option(
      names = "--column",
      paramLabel = "FIELD=COLUMN",
      description = "Which column is what, such as cost=price_cents; once for each.")
  private Map<String, String> columns = new TreeMap<>();

  @Option(
      names = "--cost-unit",
      paramLabel = "UNIT",
      description = "What one of its costs is: units (default), cents, or micros.")
  private @Nullable String costUnit;

  @Option(
      names = "--time-zone",
      paramLabel = "ZONE",
      description = "The zone of times that have none (default: UTC).")
  private @Nullable String timeZone;

  @Option(
      names = "--from",
      paramLabel = "WHEN",
      defaultValue = "month",
      description =
          "Which rows count: month (those of the current month; default), now (new ones), all, or"
              + " those since an instant such as 2026-03-01T00:00:00Z.")
  private String from = "month";

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      description = "How often it is read, at most once a sweep (default: 300).")
  private @Nullable Long every;

  @Option(
      names = "--lookback",
      paramLabel = "SECONDS",
      description = "How long after its time a row may come (default: 900, or the preset's own).")
  private @Nullable Long lookback;

  @Option(
      names = "--no-budgets",
      description = "Do not mirror the budgets that a known application keeps.")
  private boolean noBudgets;

  @Option(
      names = "--write-secret",
      paramLabel = "SECRET",
      description =
          "Names the secret with the URL of a role that may write into the application's tables"
              + " what was spent.")
  private @Nullable String writeSecret;

  @Option(names = "--test", description = "Check and show it; keep nothing.")
  private boolean test;

  @Override
  public Integer call() {
    try (ApplicationContext context = source.stipend().start()) {
      Workspace where = workspace.find(context);
      Instant now = context.getBean(InstantSource.class).instant();
      ConnectSource connecting = context.getBean(ConnectSource.class);
      SourceForm form = SourceForm.read(fields(), where, true);
      ConnectSource.Checked checked = connecting.check(where, form.settings(), form.from(), now);
      print(checked.check());
      if (!test) {
        checked.check().requireReadable();
        connecting.connect(where, checked, form.from(), now);
        SourceAudit.write(context, where, "source.create", name, now);
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
            "%s is connected: rows since %s count. The next sweep reads it; stipend source pull"
                + " %1$s does so now.%n",
            name, form.from().instant(where, now));
        out.flush();
      }
      return ExitCode.OK;
    }
  }

  private Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", name);
    fields.put("schema", schema);
    fields.put("from", from);
    put(fields, "preset", preset);
    put(fields, "relation", relation);
    put(fields, "urlSecret", urlSecret);
    put(fields, "costUnit", costUnit);
    put(fields, "timeZone", timeZone);
    put(fields, "mirrorBudgets", noBudgets ? false : null);
    put(fields, "writeSecret", writeSecret);
    put(fields, "everySeconds", every == null ? null : BigDecimal.valueOf(every));
    put(fields, "lookbackSeconds", lookback == null ? null : BigDecimal.valueOf(lookback));
    if (!columns.isEmpty()) {
      fields.put("columns", columns);
    }
    return fields;
  }

  private static void put(Map<String, Object> fields, String field, @Nullable Object value) {
    if (value != null) {
      fields.put(field, value);
    }
  }

  private void print(SourceCheck check) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%s%s: rows are identified by %s and read in the order of %s.%n",
        check.relation(),
        check.rows() < 0 ? "" : ", about %,d rows".formatted(check.rows()),
        check.identifiedBy(),
        check.orderedBy());
    out.printf(
        "The last 24 hours: %,d rows%s, cost %s.%n",
        check.dayRows(),
        check.dayRows() == SourceCheck.MOST_OF_A_DAY ? " and more" : "",
        new Money(check.dayCost()));
    if (!check.sample().isEmpty()) {
      out.printf(ROW, "ID", "TIME", "USER", "MODEL", "COST");
      check.sample().forEach(event -> print(out, event));
    }
    check.unreadable().forEach(reason -> out.printf("Cannot be recorded: %s%n", reason));
    check.warnings().forEach(warning -> out.printf("Note: %s%n", warning));
    out.flush();
  }

  private static void print(PrintWriter out, UsageEvent event) {
    out.printf(
        ROW,
        event.eventId(),
        event.occurredAt(),
        event.attribution().userId(),
        event.attribution().model(),
        event.cost().map(Money::toString).orElse("by the price list"));
  }
}
