package dev.stipend.local.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.stipend.local.http.ApiGateway;
import dev.stipend.local.http.HttpFront;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bytes on their way through a gateway, which hands them to the deployed artifact in base64.
class ShippedOtlpTest {
  private static final String API = "BudgetApiFunction";
  private static final String MIGRATE = "MigrateDatabaseFunction";
  private static final int SEVEN_BITS = 7;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED_64 = 1;

  @TempDir static Path directory;

  @Test
  void anExportInProtocolBuffersIsRecordedOnceAndAnsweredInThem() throws Exception {
    try (ShippedZip zip = Zip.unpack();
        Cloud cloud = new Cloud(zip, directory);
        HttpFront front = HttpFront.bind(0);
        HttpClient client = HttpClient.newHttpClient()) {
      ExecutionEnvironment migrate = cloud.start(MIGRATE, ExecutionEnvironment.Start.COLD);
      assertThat(migrate.invoke(cloud.stackEvent("Create")).failed()).isFalse();
      ExecutionEnvironment api = cloud.start(API, ExecutionEnvironment.Start.COLD);
      front.route(
          "/",
          new ApiGateway(
              event ->
                  Cloud.invoke(
                          api, APIGatewayV2HTTPEvent.class, event, APIGatewayV2HTTPResponse.class)
                      .orElseThrow()));
      front.start();
      byte[] export = export(Instant.now());
      for (int i = 0; i < 2; i++) {
        HttpResponse<byte[]> answer = post(client, front.url() + "/v1/logs", export);
        assertThat(answer.statusCode()).as(api.log()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/x-protobuf");
        assertThat(answer.body()).isEmpty();
      }
      assertThat(
              cloud.value(
                  """
                  SELECT agent_id || ' ' || model || ' ' || input_tokens || ' ' || trim_scale(cost)
                  FROM stipend.usage_logs
                  """))
          .isEqualTo("claude-code claude-sonnet-4-5 1000 0.003");
      HttpResponse<byte[]> rubbish = post(client, front.url() + "/v1/logs", new byte[] {'{', '}'});
      assertThat(rubbish.statusCode()).isEqualTo(400);
      assertThat(new String(rubbish.body(), StandardCharsets.UTF_8)).contains("protocol buffers");
    }
  }

  private static HttpResponse<byte[]> post(HttpClient client, String url, byte[] body)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(url))
            .header("X-API-Key", Cloud.ADMIN_KEY)
            .header("Content-Type", "application/x-protobuf")
            .timeout(Duration.ofSeconds(60))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  /// An `ExportLogsServiceRequest` of one call of Claude Code, written without a library.
  private static byte[] export(Instant at) {
    byte[] record =
        joined(
            tag(1, FIXED_64),
            ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(at.getEpochSecond() * 1_000_000_000L)
                .array(),
            attribute("event.name", text("api_request")),
            attribute("session.id", text("zipped")),
            attribute("event.sequence", whole(7)),
            attribute("model", text("claude-sonnet-4-5")),
            attribute("input_tokens", whole(1000)));
    byte[] scope = message(1, message(1, bytes("com.anthropic.claude_code.events")));
    return message(1, message(2, joined(scope, message(2, record))));
  }

  private static byte[] attribute(String key, byte[] value) {
    return message(6, joined(message(1, bytes(key)), message(2, value)));
  }

  private static byte[] text(String value) {
    return message(1, bytes(value));
  }

  private static byte[] whole(long value) {
    return joined(tag(3, 0), varint(value));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] message(int field, byte[] content) {
    return joined(tag(field, LENGTH_DELIMITED), varint(content.length), content);
  }

  private static byte[] tag(int field, int type) {
    return varint(field * 8L + type);
  }

  private static byte[] varint(long value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    long rest = value;
    while (rest >= 1 << SEVEN_BITS) {
      bytes.write((int) (rest | 1 << SEVEN_BITS));
      rest >>>= SEVEN_BITS;
    }
    bytes.write((int) rest);
    return bytes.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }
}
