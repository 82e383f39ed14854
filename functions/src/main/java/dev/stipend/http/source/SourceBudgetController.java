package dev.stipend.http.source;

import dev.stipend.budget.mirror.MirroredBudget;
import dev.stipend.budget.mirror.MirroredBudgets;
import dev.stipend.http.ApiRequest;
import dev.stipend.http.Page;
import dev.stipend.http.PageRequest;
import dev.stipend.ingest.source.SourceRepository;
import dev.stipend.ingest.source.SpendSource;
import dev.stipend.platform.web.Cursor;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Optional;
import java.util.UUID;

/// Shows which rows of an application are budgets.
@Controller("/api/sources/{id}/budgets")
class SourceBudgetController {
  private final SourceRepository sources;
  private final MirroredBudgets budgets;

  SourceBudgetController(SourceRepository sources, MirroredBudgets budgets) {
    this.sources = sources;
    this.budgets = budgets;
  }

  /// A row of an application that limits spend.
  ///
  /// @param table of the application
  /// @param rowId its id
  /// @param budgetId the budget that it is; absent where it is none
  /// @param reason why it is none; absent where it is one
  @Serdeable
  record MirroredBudgetResponse(
      String table, String rowId, Optional<UUID> budgetId, Optional<String> reason) {
    static MirroredBudgetResponse of(MirroredBudget row) {
      return new MirroredBudgetResponse(row.table(), row.id(), row.budgetId(), row.reason());
    }
  }

  /// Lists rows of an application that limit spend, by their tables and ids.
  @Get
  Page<MirroredBudgetResponse> list(ApiRequest request, @PathVariable String id, PageRequest page) {
    SpendSource source = request.find("source", id, sources::find);
    Place after = page.cursor().map(sent -> Cursor.parse(sent, Place::parse)).orElse(Place.START);
    return page.of(
        budgets.page(source, after.table(), after.id(), page.most()),
        row -> Cursor.text(row.table() + "/" + row.id()),
        MirroredBudgetResponse::of);
  }

  /// The row behind which a page begins.
  private record Place(String table, String id) {
    static final Place START = new Place("", "");

    static Place parse(String text) {
      String[] parts = text.split("/", 2);
      return new Place(parts[0], parts[1]);
    }
  }
}
