package dev.stipend.console.editor;

import dev.stipend.budget.Budget;
import dev.stipend.budget.edit.BudgetHistory;
import dev.stipend.budget.edit.BudgetPatch;
import dev.stipend.budget.edit.BudgetTerms;
import dev.stipend.budget.edit.BudgetVersion;
import dev.stipend.budget.edit.NewBudget;
import dev.stipend.console.page.PageFrame;
import dev.stipend.console.page.Pages;
import dev.stipend.console.page.View;
import dev.stipend.console.session.Session;
import dev.stipend.notification.channel.BudgetWarnings;
import dev.stipend.notification.channel.ChannelRecord;
import dev.stipend.notification.channel.ChannelRegister;
import dev.stipend.platform.json.FieldError;
import dev.stipend.platform.sql.RowIds;
import dev.stipend.platform.web.Cursor;
import dev.stipend.report.simulation.Simulation;
import dev.stipend.report.simulation.SimulationRequest;
import dev.stipend.tenant.Workspace;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/// Makes the pages of the editor.
@Singleton
class EditorPages {
  private static final int MOST_CHANNELS = 200;
  private static final int MOST_VERSIONS = 200;
  private static final String TEMPLATE = "editor.jte";

  private final ChannelRegister channels;
  private final BudgetHistory history;
  private final Simulation simulation;
  private final BudgetWarnings warnings;
  private final RowIds ids;
  private final Pages pages;

  EditorPages(
      ChannelRegister channels,
      BudgetHistory history,
      Simulation simulation,
      BudgetWarnings warnings,
      RowIds ids,
      Pages pages) {
    this.channels = channels;
    this.history = history;
    this.simulation = simulation;
    this.warnings = warnings;
    this.ids = ids;
    this.pages = pages;
  }

  Of of(HttpRequest<?> request, Session session) {
    return new Of(request, session.caller().workspace());
  }

  HttpResponse<?> archive(HttpRequest<?> request, Budget budget) {
    PageFrame frame = pages.frame(request, View.BUDGETS, budget.name());
    String path = EditorController.PATH + "/" + budget.id();
    return pages.ask(
        request,
        frame,
        frame.say("editor.ask"),
        path + "/archive",
        "editor.archive",
        path + "/edit");
  }

  /// The pages of one request.
  final class Of {
    private final HttpRequest<?> request;
    private final Workspace workspace;
    private final PageFrame frame;
    private final EditorWriter writer;

    private Of(HttpRequest<?> request, Workspace workspace) {
      this.request = request;
      this.workspace = workspace;
      this.frame = pages.frame(request, View.BUDGETS);
      Cursor first = Cursor.parse(Optional.empty());
      List<ChannelRecord> known =
          channels.page(workspace.id(), first.before(), first.idBefore(), MOST_CHANNELS);
      this.writer = new EditorWriter(frame.text(), workspace.currency(), known);
    }

    Map<UUID, String> names() {
      return writer.names();
    }

    HttpResponse<?> form(Optional<Budget> budget, BudgetForm form, int version) {
      return show(
          HttpStatus.OK, budget, form, version, List.of(), Optional.empty(), Optional.empty());
    }

    HttpResponse<?> wrong(
        Optional<Budget> budget, BudgetForm form, int version, List<FieldError> errors) {
      return wrong(HttpStatus.BAD_REQUEST, budget, form, version, errors);
    }

    HttpResponse<?> wrong(
        HttpStatus status,
        Optional<Budget> budget,
        BudgetForm form,
        int version,
        List<FieldError> errors) {
      return show(status, budget, form, version, errors, Optional.empty(), Optional.empty());
    }

    /// What a new budget would have done.
    HttpResponse<?> preview(BudgetForm form, NewBudget wanted, Instant now) {
      Budget proposed = wanted.proposed(workspace.id());
      Preview preview = preview(proposed, wanted.channels(), Optional.empty(), now);
      return show(
          HttpStatus.OK,
          Optional.empty(),
          form,
          0,
          List.of(),
          Optional.of(preview),
          Optional.empty());
    }

    /// What a budget would have done with other terms.
    HttpResponse<?> preview(
        Budget budget,
        BudgetForm form,
        int version,
        BudgetTerms old,
        BudgetTerms terms,
        Instant now) {
      Preview preview =
          preview(
              terms.appliedTo(budget),
              terms.channels(),
              Optional.of(differences(budget, old.shown(), terms.shown())),
              now);
      return show(
          HttpStatus.OK,
          Optional.of(budget),
          form,
          version,
          List.of(),
          Optional.of(preview),
          Optional.empty());
    }

    private Preview preview(
        Budget proposed, List<UUID> named, Optional<List<Difference>> changes, Instant now) {
      return new PreviewWriter(frame.text(), workspace.currency(), now)
          .write(
              proposed,
              simulation.run(proposed, SimulationRequest.USUAL_PERIODS, now),
              warnings.ofProposed(proposed, named),
              changes);
    }

    /// What somebody else changed since the form was made, and what saving it would change now.
    ///
    /// @param version that the form was made from
    HttpResponse<?> conflict(
        Budget current, BudgetTerms terms, BudgetForm form, int version, BudgetPatch patch) {
      List<BudgetVersion> since =
          history
              .page(current.workspaceId(), current.id(), Integer.MAX_VALUE, MOST_VERSIONS)
              .stream()
              .filter(each -> each.version() > version)
              .toList();
      String who =
          since.stream().map(BudgetVersion::actor).distinct().collect(Collectors.joining(", "));
      List<Difference> meanwhile =
          since.isEmpty()
              ? List.of()
              : differences(
                  current, since.getLast().before().orElse(Map.of()), since.getFirst().after());
      List<Difference> now = differences(current, terms.shown(), patch.of(current, terms).shown());
      return show(
          HttpStatus.CONFLICT,
          Optional.of(current),
          form,
          current.version(),
          List.of(),
          Optional.empty(),
          Optional.of(new EditorModel.Conflict(who, meanwhile, now)));
    }

    private List<Difference> differences(
        Budget budget, Map<String, Object> before, Map<String, Object> after) {
      ZoneId zone = budget.cadence().zone();
      return Difference.between(
          before,
          after,
          new Difference.Wording(frame.text(), workspace.currency(), zone, writer.names()));
    }

    private HttpResponse<?> show(
        HttpStatus status,
        Optional<Budget> budget,
        BudgetForm form,
        int version,
        List<FieldError> errors,
        Optional<Preview> preview,
        Optional<EditorModel.Conflict> conflict) {
      String sent = form.value("once");
      EditorModel model =
          writer.write(
              new EditorWriter.Page(
                  budget,
                  sent.isEmpty() ? ids.next().toString() : sent,
                  version,
                  form,
                  errors,
                  preview,
                  conflict));
      PageFrame titled =
          budget
              .map(each -> pages.frame(request, View.BUDGETS, each.name()))
              .orElseGet(() -> pages.within(request, View.BUDGETS, "editor.new"));
      return pages.show(request, status, titled, TEMPLATE, Map.of("model", model));
    }
  }
}
