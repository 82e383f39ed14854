package dev.stipend.bench.figure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The result as people read it: one line a figure, columns aligned.
public final class FigureTable {
  private static final List<String> HEAD =
      List.of("name", "measured", "limit", "ratio", "required", "verdict");

  private FigureTable() {}

  public static String format(List<Figure> figures) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    figures.forEach(figure -> rows.add(cells(figure)));
    List<Integer> widths =
        IntStream.range(0, HEAD.size())
            .mapToObj(
                column -> Collections.max(rows.stream().map(r -> r.get(column).length()).toList()))
            .toList();
    return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining());
  }

  private static List<String> cells(Figure figure) {
    return List.of(
        figure.name(),
        figure.shown(figure.measured()),
        figure.limit().isPresent() ? figure.shown(figure.limit().getAsDouble()) : "-",
        figure.ratio().isPresent() ? Figure.decimals(figure.ratio().getAsDouble(), 2) : "-",
        figure.shownRequirement(),
        figure.shownVerdict());
  }

  private static String line(List<String> cells, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      line.append(cells.get(i)).repeat(' ', widths.get(i) - cells.get(i).length() + 2);
    }
    return line.toString().stripTrailing() + System.lineSeparator();
  }
}
