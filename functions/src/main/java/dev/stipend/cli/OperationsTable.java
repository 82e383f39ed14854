package dev.stipend.cli;

import dev.stipend.migration.operations.Measures;
import dev.stipend.migration.operations.OperationsReport;
import dev.stipend.migration.operations.Section;
import dev.stipend.migration.operations.ServerState;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Prints an operator's report: each section as a table, or as one line if there is nothing in it.
final class OperationsTable {
  private static final int WIDEST = 60;
  private static final int WIDEST_LAST = 160;
  private static final String GAP = "  ";

  private final PrintWriter out;

  OperationsTable(PrintWriter out) {
    this.out = out;
  }

  void print(OperationsReport report) {
    server(report.server());
    report.sections().forEach(this::section);
    out.println();
  }

  private void server(ServerState server) {
    out.printf(
        "PostgreSQL %s%s at %s, started %s, statistics since %s%n",
        server.version(),
        server.isReplica() ? " (replica)" : "",
        server.at(),
        server.startedAt(),
        server.statisticsSince().map(Instant::toString).orElse("the beginning"));
    out.printf(
        "Database: %s; connections: %d of %d (%d reserved), %d of them to this database%n",
        Measures.bytes(server.databaseBytes()),
        server.connections(),
        server.mostConnections(),
        server.reservedConnections(),
        server.ownConnections());
  }

  private void section(Section<?> section) {
    out.println();
    if (section.rows().isEmpty()) {
      out.printf("%s: %s%n", section.heading().title(), section.note().orElse("none"));
      return;
    }
    out.printf("%s: %s%n", section.heading().title(), count(section));
    table(section);
    section.note().ifPresent(out::println);
  }

  private static String count(Section<?> section) {
    return section.rows().size() < section.total()
        ? "%d of %d".formatted(section.rows().size(), section.total())
        : String.valueOf(section.total());
  }

  private void table(Section<?> section) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(section.heading().columns());
    section.rows().forEach(row -> lines.add(row.cells()));
    int last = section.heading().columns().size() - 1;
    int[] widths = new int[last];
    for (List<String> line : lines) {
      for (int i = 0; i < last; i++) {
        widths[i] = Math.max(widths[i], cut(line.get(i), WIDEST).length());
      }
    }
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < last; i++) {
        String cell = cut(line.get(i), WIDEST);
        text.append(cell).repeat(' ', widths[i] - cell.length()).append(GAP);
      }
      out.println(text.append(cut(line.get(last), WIDEST_LAST)).toString().stripTrailing());
    }
  }

  /// Names are whatever their owners chose: no line breaks or terminal codes come out of them.
  private static String cut(String cell, int most) {
    String line = cell.replaceAll("\\p{Cntrl}", " ");
    return line.length() > most ? line.substring(0, most - 1) + "…" : line;
  }
}
