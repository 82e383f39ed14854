package dev.stipend.console.budget;

import dev.stipend.budget.Scope;
import dev.stipend.platform.json.Labels;
import dev.stipend.report.board.BoardQuery;
import dev.stipend.report.board.BoardQuery.Order;
import dev.stipend.report.board.BudgetState;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What the address of the list says: which budgets, in which order, which page. What it does not
/// know counts as not said.
///
/// @param page from 1 on
record BoardAddress(
    Optional<Scope> scope,
    Optional<BudgetState> state,
    Optional<String> q,
    Order order,
    boolean descending,
    int page) {
  static final String PATH = "/budgets";
  static final int PER_PAGE = 25;
  private static final int LAST_PAGE = 100_000;
  private static final int LONGEST = 200;

  static BoardAddress read(
      Optional<String> scope,
      Optional<String> state,
      Optional<String> q,
      Optional<String> sort,
      Optional<String> order,
      Optional<String> page) {
    return new BoardAddress(
        choice(scope, Scope.class),
        choice(state, BudgetState.class),
        q.map(String::strip).filter(text -> !text.isEmpty() && text.length() <= LONGEST),
        choice(sort, Order.class).orElse(Order.STATE),
        order.filter("desc"::equals).isPresent(),
        page.filter(text -> text.matches("[1-9]\\d{0,5}"))
            .map(Integer::parseInt)
            .map(number -> Math.min(number, LAST_PAGE))
            .orElse(1));
  }

  private static <E extends Enum<E>> Optional<E> choice(Optional<String> label, Class<E> type) {
    return label.map(text -> Labels.choices(type).get(text));
  }

  BoardQuery query() {
    return new BoardQuery(scope, state, q, order, descending, (page - 1) * PER_PAGE, PER_PAGE);
  }

  /// The same list in another order; in the opposite one if it is in this one.
  String sortedBy(Order other) {
    boolean turned = other == order ? !descending : other.startsDescending();
    return new BoardAddress(scope, state, q, other, turned, 1).path();
  }

  String at(int other) {
    return new BoardAddress(scope, state, q, order, descending, other).path();
  }

  /// What `aria-sort` says of a column.
  String sorting(Order column) {
    if (column != order) {
      return "none";
    }
    return descending ? "descending" : "ascending";
  }

  /// The parameters that say in which order the list is.
  Map<String, String> sorting() {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (order != Order.STATE) {
      parameters.put("sort", Labels.of(order));
    }
    if (descending) {
      parameters.put("order", "desc");
    }
    return parameters;
  }

  String path() {
    Map<String, String> parameters = new LinkedHashMap<>();
    scope.ifPresent(one -> parameters.put("scope", Labels.of(one)));
    state.ifPresent(one -> parameters.put("state", Labels.of(one)));
    q.ifPresent(text -> parameters.put("q", text));
    parameters.putAll(sorting());
    if (page > 1) {
      parameters.put("page", Integer.toString(page));
    }
    String query =
        parameters.entrySet().stream()
            .map(
                each ->
                    each.getKey()
                        + "="
                        + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return query.isEmpty() ? PATH : PATH + "?" + query;
  }
}
