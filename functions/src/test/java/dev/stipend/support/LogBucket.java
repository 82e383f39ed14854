package dev.stipend.support;

import com.robothy.s3.rest.LocalS3;
import com.robothy.s3.rest.bootstrap.LocalS3Mode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// An S3 bucket of a test's own, on a server of its own. It must be there before the context that
/// reads it.
public final class LogBucket implements AutoCloseable {
  private static final String ENDPOINT = "aws.endpointUrlS3";

  private final LocalS3 server;
  private final String name;

  public LogBucket(String name) {
    this.name = name;
    server = LocalS3.builder().port(-1).mode(LocalS3Mode.IN_MEMORY).build();
    server.start();
    System.setProperty(ENDPOINT, "http://127.0.0.1:" + server.getPort());
  }

  /// Makes the bucket, with a context's own client.
  public void create(Stipend stipend) {
    client(stipend).createBucket(bucket -> bucket.bucket(name));
  }

  public void put(Stipend stipend, String key, byte[] content) {
    client(stipend)
        .putObject(object -> object.bucket(name).key(key), RequestBody.fromBytes(content));
  }

  /// Puts a text, compressed as Bedrock does.
  public void put(Stipend stipend, String key, String content) {
    put(stipend, key, compressed(content));
  }

  private static S3Client client(Stipend stipend) {
    return stipend.context.getBean(S3Client.class);
  }

  public static byte[] compressed(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    server.shutdown();
    System.clearProperty(ENDPOINT);
  }
}
