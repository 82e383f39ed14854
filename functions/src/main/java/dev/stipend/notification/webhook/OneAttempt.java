package dev.stipend.notification.webhook;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/// A JSON body that the HTTP client sends once: when to try again is decided elsewhere.
final class OneAttempt extends RequestBody {
  private static final MediaType JSON = MediaType.get("application/json");

  private final byte[] body;

  OneAttempt(byte[] body) {
    this.body = body.clone();
  }

  @Override
  public MediaType contentType() {
    return JSON;
  }

  @Override
  public long contentLength() {
    return body.length;
  }

  @Override
  public boolean isOneShot() {
    return true;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    sink.write(body);
  }
}
