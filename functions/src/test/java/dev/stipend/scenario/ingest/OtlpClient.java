package dev.stipend.scenario.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Stipend;
import dev.stipend.support.http.Requests.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/// Sends as OpenTelemetry's exporters do.
final class OtlpClient {
  static final String PROTOBUF = "application/x-protobuf";

  private OtlpClient() {}

  static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream compressing = new GZIPOutputStream(bytes)) {
      compressing.write(plain);
    }
    return bytes.toByteArray();
  }

  static Answer send(Stipend stipend, String path, byte[] body, boolean compressed)
      throws IOException {
    Map<String, String> headers = new HashMap<>(Map.of("content-type", PROTOBUF));
    if (compressed) {
      headers.put("content-encoding", "gzip");
    }
    return stipend.apiInBytes(path, compressed ? gzip(body) : body, headers);
  }

  static byte[] bytes(Answer answer) {
    assertThat(answer.header("content-type")).isEqualTo(PROTOBUF);
    assertThat(answer.response().getIsBase64Encoded()).isTrue();
    return Base64.getDecoder().decode(answer.body());
  }
}
