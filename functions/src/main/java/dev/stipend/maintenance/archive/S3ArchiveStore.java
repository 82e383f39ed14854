package dev.stipend.maintenance.archive;

import dev.stipend.platform.objectstore.MultipartUpload;
import io.micronaut.context.BeanProvider;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/// Archives in an S3 bucket.
@Singleton
class S3ArchiveStore implements ArchiveStore {
  private final BeanProvider<S3Client> s3;

  S3ArchiveStore(BeanProvider<S3Client> s3) {
    this.s3 = s3;
  }

  @Override
  public String scheme() {
    return "s3";
  }

  @Override
  public void write(URI at, Content content) throws IOException {
    try (MultipartUpload upload = new MultipartUpload(s3.get(), at.getHost(), key(at))) {
      content.writeTo(upload);
      upload.complete();
    } catch (SdkException failure) {
      throw new IOException("Cannot store in S3: " + at, failure);
    }
  }

  @Override
  public InputStream read(URI at) throws IOException {
    try {
      return s3.get().getObject(request -> request.bucket(at.getHost()).key(key(at)));
    } catch (SdkException failure) {
      throw new IOException("Cannot read from S3: " + at, failure);
    }
  }

  private static String key(URI at) {
    return at.getPath().substring(1);
  }
}
