package dev.stipend.platform.objectstore;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/// An object that is uploaded while it is written, in parts. Closed before it is complete, it
/// leaves nothing.
public final class MultipartUpload extends OutputStream {
  /// S3 takes 10,000 parts, of at least 5 MiB but for the last: objects up to 160 GB.
  private static final int PART_BYTES = 16 * 1024 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(MultipartUpload.class);

  private final S3Client s3;
  private final String bucket;
  private final String key;
  private final byte[] buffer = new byte[PART_BYTES];
  private final List<CompletedPart> parts = new ArrayList<>();
  private int filled;
  private @Nullable String uploadId;

  public MultipartUpload(S3Client s3, String bucket, String key) {
    this.s3 = s3;
    this.bucket = bucket;
    this.key = key;
  }

  @Override
  public void write(int octet) {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    int done = 0;
    while (done < length) {
      if (filled == PART_BYTES) {
        uploadPart();
      }
      int more = Math.min(length - done, PART_BYTES - filled);
      System.arraycopy(bytes, offset + done, buffer, filled, more);
      filled += more;
      done += more;
    }
  }

  /// Makes the object appear.
  public void complete() {
    if (uploadId == null) {
      s3.putObject(request -> request.bucket(bucket).key(key), body());
      return;
    }
    uploadPart();
    String id = uploadId;
    s3.completeMultipartUpload(
        request ->
            request
                .bucket(bucket)
                .key(key)
                .uploadId(id)
                .multipartUpload(upload -> upload.parts(parts)));
    uploadId = null;
  }

  private void uploadPart() {
    String id = uploadId == null ? begin() : uploadId;
    int number = parts.size() + 1;
    String tag =
        s3.uploadPart(
                request -> request.bucket(bucket).key(key).uploadId(id).partNumber(number), body())
            .eTag();
    parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
    filled = 0;
  }

  private String begin() {
    String id = s3.createMultipartUpload(request -> request.bucket(bucket).key(key)).uploadId();
    uploadId = id;
    return id;
  }

  private RequestBody body() {
    return RequestBody.fromByteBuffer(ByteBuffer.wrap(buffer, 0, filled));
  }

  @Override
  public void close() {
    String unfinished = uploadId;
    if (unfinished != null) {
      uploadId = null;
      try {
        s3.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(unfinished));
      } catch (SdkException failure) {
        LOG.warn("Parts of {} stay in the bucket {} until they expire", key, bucket, failure);
      }
    }
  }
}
