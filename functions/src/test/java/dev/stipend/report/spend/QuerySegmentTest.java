package dev.stipend.report.spend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.report.spend.Dimension.Tag;
import dev.stipend.time.Period;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class QuerySegmentTest {
  @Test
  void wholeQuartersComeFromTheRollupAlone() {
    assertThat(pieces("10:15:00", "11:00:00")).containsExactly(rollup("10:15:00", "11:00:00"));
  }

  @Test
  void whatABoundCutsFromAQuarterComesFromTheLedger() {
    assertThat(pieces("10:07:00", "11:00:00.000001"))
        .containsExactly(
            rollup("10:15:00", "11:00:00"),
            ledger("10:07:00", "10:15:00"),
            ledger("11:00:00", "11:00:00.000001"));
    assertThat(pieces("10:15:00", "10:44:59"))
        .containsExactly(rollup("10:15:00", "10:30:00"), ledger("10:30:00", "10:44:59"));
  }

  @Test
  void aRangeWithoutAWholeQuarterComesFromTheLedgerAtOnce() {
    assertThat(pieces("10:07:00", "10:20:00")).containsExactly(ledger("10:07:00", "10:20:00"));
    assertThat(pieces("10:16:00", "10:17:00")).containsExactly(ledger("10:16:00", "10:17:00"));
  }

  @Test
  void tagsComeFromTheLedger() {
    List<Period> hour = List.of(at("10:00:00", "11:00:00"));
    Tag tag = new Tag("project");
    assertThat(QuerySegment.of(new SpendQuery(hour, List.of(tag), Map.of(), 1, 0)))
        .containsExactly(ledger("10:00:00", "11:00:00"));
    assertThat(QuerySegment.of(new SpendQuery(hour, List.of(), Map.of(tag, List.of("x")), 1, 0)))
        .containsExactly(ledger("10:00:00", "11:00:00"));
  }

  @Test
  void intervalsThatMeetWithinAQuarterComeFromTheLedger() {
    // Until 1972, Monrovia was 44 minutes and 30 seconds behind UTC.
    Period range =
        new Period(Instant.parse("1971-06-01T00:00:00Z"), Instant.parse("1971-06-03T00:00:00Z"));
    SpendQuery query =
        new SpendQuery(
            Interval.DAY.split(range, ZoneId.of("Africa/Monrovia"), 10), List.of(), Map.of(), 1, 0);
    assertThat(query.intervals().get(1).start()).isEqualTo(Instant.parse("1971-06-01T00:44:30Z"));
    assertThat(QuerySegment.of(query)).containsExactly(new QuerySegment(true, range));
  }

  private static List<QuerySegment> pieces(String from, String until) {
    return QuerySegment.of(new SpendQuery(List.of(at(from, until)), List.of(), Map.of(), 1, 0));
  }

  private static QuerySegment rollup(String from, String until) {
    return new QuerySegment(false, at(from, until));
  }

  private static QuerySegment ledger(String from, String until) {
    return new QuerySegment(true, at(from, until));
  }

  private static Period at(String from, String until) {
    return new Period(
        Instant.parse("2026-06-15T" + from + "Z"), Instant.parse("2026-06-15T" + until + "Z"));
  }
}
