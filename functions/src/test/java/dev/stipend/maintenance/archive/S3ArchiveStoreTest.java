package dev.stipend.maintenance.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.robothy.s3.rest.LocalS3;
import com.robothy.s3.rest.bootstrap.LocalS3Mode;
import dev.stipend.support.Stipend;
import dev.stipend.support.TestServers;
import dev.stipend.support.Usage;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

class S3ArchiveStoreTest {
  private static final String BUCKET = "archives";
  private static final URI PLACE = URI.create("s3://" + BUCKET + "/ledger/usage.jsonl.gz");
  private static final int MEBIBYTE = 1024 * 1024;

  private static LocalS3 server;
  private static Stipend stipend;
  private static S3Client s3;

  @BeforeAll
  static void start() {
    server = LocalS3.builder().port(-1).mode(LocalS3Mode.IN_MEMORY).build();
    server.start();
    System.setProperty("aws.endpointUrlS3", "http://127.0.0.1:" + server.getPort());
    stipend =
        new Stipend(
            TestServers.newDatabase(),
            Map.of("usage.retention.months", "3", "usage.archive", "s3://" + BUCKET + "/ledger"));
    s3 = stipend.context.getBean(S3Client.class);
    s3.createBucket(bucket -> bucket.bucket(BUCKET));
  }

  @AfterAll
  static void stop() {
    stipend.close();
    server.shutdown();
    System.clearProperty("aws.endpointUrlS3");
  }

  @Test
  void anObjectOfManyPartsIsReadAsItWasWritten() throws IOException {
    byte[] bytes = new byte[40 * MEBIBYTE + 7];
    new Random(3).nextBytes(bytes);
    S3ArchiveStore store = store();
    store.write(
        PLACE,
        out -> {
          for (int from = 0; from < bytes.length; from += 100_000) {
            out.write(bytes, from, Math.min(100_000, bytes.length - from));
          }
        });
    try (InputStream in = store.read(PLACE)) {
      assertThat(in.readAllBytes()).isEqualTo(bytes);
    }
    store.write(PLACE, out -> out.write(42));
    try (InputStream in = store.read(PLACE)) {
      assertThat(in.readAllBytes()).containsExactly(42);
    }
  }

  @Test
  void aWritingThatFailsLeavesWhatWasThere() throws IOException {
    S3ArchiveStore store = store();
    store.write(PLACE, out -> out.write(1));
    assertThatThrownBy(
            () ->
                store.write(
                    PLACE,
                    out -> {
                      out.write(new byte[20 * MEBIBYTE]);
                      throw new IOException("cut off");
                    }))
        .hasMessage("cut off");
    try (InputStream in = store.read(PLACE)) {
      assertThat(in.readAllBytes()).containsExactly(1);
    }
  }

  @Test
  void whatIsNotThereIsAnError() {
    URI nothing = URI.create("s3://" + BUCKET + "/ledger/nothing");
    assertThatThrownBy(() -> store().read(nothing))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Cannot read from S3: " + nothing);
  }

  @Test
  void maintenanceArchivesMonthsThereAndDropsThem() {
    Instant january = Instant.parse("2026-01-10T12:00:00Z");
    stipend.clock.set(january);
    stipend.maintain("maintain");
    assertThat(stipend.record(Usage.costing("e1", january, "1.5"))).isEmpty();
    stipend.clock.set(Instant.parse("2026-05-15T12:00:00Z"));
    assertThat(stipend.maintain("maintain").get("monthsDropped")).isNotEqualTo(0);
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.usage_logs")).isEqualTo("0");
    assertThat(
            stipend.database.rows(
                "SELECT location, rows, costs ->> 'default' FROM stipend.usage_archives WHERE rows"
                    + " > 0"))
        .containsExactly("s3://archives/ledger/usage-2026-01.jsonl.gz|1|1.50");
    assertThat(
            s3.listObjectsV2(list -> list.bucket(BUCKET).prefix("ledger/usage-2026-01")).contents())
        .extracting(object -> object.key())
        .containsExactlyInAnyOrder(
            "ledger/usage-2026-01.jsonl.gz", "ledger/usage-2026-01.manifest.json");
    assertThat(stipend.maintain("maintain")).containsEntry("differences", List.of());
  }

  private static S3ArchiveStore store() {
    ApplicationContext context = stipend.context;
    return context.getBean(S3ArchiveStore.class);
  }
}
