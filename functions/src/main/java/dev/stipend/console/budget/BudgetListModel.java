package dev.stipend.console.budget;

import dev.stipend.budget.Scope;
import dev.stipend.budget.forecast.Forecast;
import dev.stipend.console.page.ConsoleText;
import dev.stipend.platform.json.Labels;
import dev.stipend.report.board.BoardQuery.Order;
import dev.stipend.report.board.BudgetBoard;
import dev.stipend.report.board.BudgetState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// What the list of budgets shows, in words.
///
/// @param found how many there are, as a sentence
/// @param path of the list as it is shown
/// @param previous path of the page before; empty on the first one
/// @param next path of the page after; empty on the last one
/// @param kept fields of the address that the filter keeps: the order
/// @param isFiltered whether some budgets may be left out
public record BudgetListModel(
    List<BudgetRowModel> rows,
    String found,
    String path,
    String previous,
    String next,
    String pages,
    Map<String, String> kept,
    boolean isFiltered,
    String q,
    List<Choice> scopes,
    List<Choice> states,
    List<Column> columns) {
  /// What is said where a budget is not here.
  static final String MISSING = "problem.budget.detail";

  /// A choice of a filter.
  ///
  /// @param label in the address; empty for all
  public record Choice(String label, String name, boolean isChosen) {}

  /// A column that the list can be put in order by.
  ///
  /// @param path of the list in its order
  /// @param sorting what `aria-sort` says
  public record Column(String name, String path, String sorting, boolean isNumber) {}

  static BudgetListModel of(
      BudgetBoard.Page page,
      Map<UUID, Forecast> forecasts,
      BoardAddress address,
      String currency,
      ConsoleText text) {
    long last = Math.max(1, (page.total() + BoardAddress.PER_PAGE - 1) / BoardAddress.PER_PAGE);
    return new BudgetListModel(
        page.lines().stream()
            .map(
                line ->
                    BudgetRowModel.of(
                        line, Optional.ofNullable(forecasts.get(line.id())), currency, text))
            .toList(),
        text.counted("budgets.found", page.total()),
        address.path(),
        address.page() > 1 ? address.at(address.page() - 1) : "",
        address.page() < last ? address.at(address.page() + 1) : "",
        last > 1 ? text.say("budgets.page", text.count(address.page()), text.count(last)) : "",
        address.sorting(),
        address.scope().isPresent() || address.state().isPresent() || address.q().isPresent(),
        address.q().orElse(""),
        choices(
            text.say("budgets.all-scopes"),
            Stream.of(Scope.values())
                .map(
                    scope ->
                        new Choice(
                            Labels.of(scope),
                            text.name("scope", Labels.of(scope)),
                            address.scope().filter(scope::equals).isPresent()))),
        choices(
            text.say("budgets.all-states"),
            Stream.of(BudgetState.values())
                .map(
                    state ->
                        new Choice(
                            Labels.of(state),
                            text.say("state." + Labels.of(state)),
                            address.state().filter(state::equals).isPresent()))),
        Stream.of(
                column(Order.NAME, "budgets.name", false, address, text),
                column(Order.USED, "budgets.used", false, address, text),
                column(Order.SPEND, "budgets.spend", true, address, text),
                column(Order.LIMIT, "budgets.limit", true, address, text),
                column(Order.STATE, "budgets.state", false, address, text),
                column(Order.RESET, "budgets.resets", false, address, text))
            .toList());
  }

  private static List<Choice> choices(String all, Stream<Choice> each) {
    List<Choice> some = each.toList();
    boolean isNone = some.stream().noneMatch(Choice::isChosen);
    return Stream.concat(Stream.of(new Choice("", all, isNone)), some.stream()).toList();
  }

  private static Column column(
      Order order, String name, boolean isNumber, BoardAddress address, ConsoleText text) {
    return new Column(text.say(name), address.sortedBy(order), address.sorting(order), isNumber);
  }
}
