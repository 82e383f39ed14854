package dev.stipend.maintenance.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import dev.stipend.time.TimeLeft;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Archives that fail, are damaged or come late lose and repeat nothing.
@ExtendWith(StipendExtension.class)
class ArchiveFaultsTest extends ThreeMonths {
  @Test
  void aRunThatIsCutOffWhereverItMayGoesOnTheNextTime() {
    List<String> counters = stipend.database.rows(COUNTERS);
    int cut = 0;
    boolean over = false;
    while (!over) {
      FaultyStore store = new FaultyStore(cut);
      try {
        retention(store).run(everything(ArchiveFormat.JSONL), JUNE, TimeLeft.UNLIMITED);
        over = true;
      } catch (RuntimeException interrupted) {
        cut++;
        assertThat(interrupted)
            .satisfiesAnyOf(
                cause -> assertThat(cause).hasStackTraceContaining("cut off"),
                cause -> assertThat(cause).hasMessageContaining("cannot be relied on"));
        assertThat(stipend.maintain("reconcile")).containsEntry("differences", List.of());
      }
    }
    assertThat(cut).isGreaterThan(4);
    assertThat(stipend.database.rows(LEDGER)).containsExactly("jun");
    assertThat(stipend.database.rows(COUNTERS)).isEqualTo(counters);
    assertThat(stipend.database.rows(ARCHIVES)).hasSize(2);
  }

  @Test
  void nothingIsDroppedWhenTheFileIsNotWhatWasWritten() {
    for (Damage damage : Damage.values()) {
      LedgerRetention retention = retention(new DamagingStore(damage));
      assertThatThrownBy(
              () -> retention.run(everything(ArchiveFormat.JSONL), JUNE, TimeLeft.UNLIMITED))
          .as(damage.name())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("cannot be relied on");
      assertThat(stipend.database.rows(LEDGER)).hasSize(5);
      assertThat(stipend.database.rows(ARCHIVES)).isEmpty();
    }
    run(ArchiveFormat.JSONL);
    assertThat(stipend.database.rows(LEDGER)).containsExactly("jun");
  }

  @Test
  void aMonthThatChangedSinceItWasArchivedIsArchivedAnew() {
    LedgerRetention interrupted =
        retention(
            new FileArchiveStore() {
              @Override
              public InputStream read(URI at) throws IOException {
                if (at.getPath().contains("2026-01.")) {
                  late("late-1", "32");
                }
                return super.read(at);
              }
            });
    assertThatThrownBy(
            () -> interrupted.run(everything(ArchiveFormat.JSONL), JUNE, TimeLeft.UNLIMITED))
        .hasMessageContaining("the month changed since");
    assertThat(stipend.database.rows(LEDGER)).contains("jan-1", "late-1");
    run(ArchiveFormat.JSONL);
    assertThat(stipend.database.rows(ARCHIVES).getFirst())
        .isEqualTo(date("2026-01-01") + "|1|3|35.500000000001|t");
  }

  @Test
  void rowsThatComeAfterTheirMonthHasLeftAreAFurtherPart() {
    run(ArchiveFormat.JSONL);
    late("late-1", "32");
    assertThat(stipend.maintain("maintain")).containsEntry("differences", List.of());
    run(ArchiveFormat.JSONL);
    assertThat(stipend.database.rows(LEDGER)).containsExactly("jun");
    assertThat(stipend.database.rows(ARCHIVES))
        .contains(date("2026-01-01") + "|2|1|32.00|t")
        .hasSize(3);
    assertThat(directory.resolve("usage-2026-01-2.jsonl.gz")).exists();
    assertThat(stipend.maintain("maintain")).containsEntry("differences", List.of());
  }

  private enum Damage {
    CUT,
    CHANGED,
    GONE,
    LONGER
  }

  /// Damages a file between its writing and its reading.
  private static final class DamagingStore extends FileArchiveStore {
    private final Damage damage;

    DamagingStore(Damage damage) {
      this.damage = damage;
    }

    @Override
    public InputStream read(URI at) throws IOException {
      Path file = Path.of(at);
      byte[] bytes = Files.readAllBytes(file);
      switch (damage) {
        case CUT -> Files.write(file, Arrays.copyOf(bytes, bytes.length - 9));
        case CHANGED -> {
          bytes[bytes.length / 2] ^= 1;
          Files.write(file, bytes);
        }
        case GONE -> Files.delete(file);
        case LONGER -> Files.write(file, Arrays.copyOf(bytes, bytes.length + 1));
      }
      return super.read(at);
    }
  }

  /// Fails at its nth step: before, amid and after a writing, and at a reading.
  private static final class FaultyStore implements ArchiveStore {
    private final ArchiveStore files = new FileArchiveStore();
    private int left;

    FaultyStore(int left) {
      this.left = left;
    }

    @Override
    public String scheme() {
      return "file";
    }

    @Override
    public void write(URI at, Content content) throws IOException {
      step();
      files.write(
          at,
          out -> {
            content.writeTo(out);
            step();
          });
      step();
    }

    @Override
    public InputStream read(URI at) throws IOException {
      step();
      return files.read(at);
    }

    private void step() throws IOException {
      if (left-- == 0) {
        throw new IOException("cut off");
      }
    }
  }

  /// Records in January what is told only now.
  private void late(String id, String cost) {
    stipend.clock.set(JANUARY);
    assertThat(stipend.record(Usage.costing(id, JANUARY, cost))).isEmpty();
    stipend.clock.set(JUNE);
  }
}
