package dev.stipend.bench.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The plans that PostgreSQL chose for the functions' statements, as auto_explain logs them.
public final class QueryPlans {
  private static final Pattern ENTRY =
      Pattern.compile("plan:\\s*\\R\\tQuery Text: (.*?)\\R(?=\\S|\\z)", Pattern.DOTALL);
  private static final Pattern FIRST_NODE =
      Pattern.compile("\\R\\t(?=[A-Z][A-Za-z ]+( on [\\w.]+( \\w+)?)?  \\(cost=)");
  private static final Pattern SCANS = Pattern.compile("Seq Scan on (\\w+)");
  private static final Pattern COSTS = Pattern.compile("  \\(cost=[^)]*\\)");
  private static final int LONGEST_STATEMENT = 100;

  /// A statement and the plan of its latest execution.
  ///
  /// @param statement its beginning
  /// @param nodes without costs, which differ from run to run
  public record Plan(String statement, String nodes) {
    /// Whether it reads any of the tables from end to end.
    public boolean scansAnyOf(Set<String> tables) {
      return SCANS.matcher(nodes).results().anyMatch(scan -> tables.contains(scan.group(1)));
    }

    public String text() {
      return statement + "\n" + nodes;
    }
  }

  private final Path log;
  private long position;

  public QueryPlans(Path log) {
    this.log = log;
  }

  /// Passes over what was logged so far.
  public void skip() throws IOException {
    position = Files.size(log);
  }

  /// The plans logged since, each statement of a table of Stipend once.
  public List<Plan> read() throws IOException {
    Map<String, Plan> plans = new LinkedHashMap<>();
    Matcher entries = ENTRY.matcher(text());
    while (entries.find()) {
      String[] parts = FIRST_NODE.split(entries.group(1), 2);
      if (parts.length == 2 && parts[0].contains("stipend.")) {
        String statement = parts[0].replaceAll("\\s+", " ").strip();
        String shown = statement.substring(0, Math.min(LONGEST_STATEMENT, statement.length()));
        plans.put(shown, new Plan(shown, COSTS.matcher(parts[1]).replaceAll("")));
      }
    }
    return new ArrayList<>(plans.values());
  }

  private String text() {
    try (FileChannel channel = FileChannel.open(log)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) (channel.size() - position));
      channel.read(bytes, position);
      return new String(bytes.array(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
