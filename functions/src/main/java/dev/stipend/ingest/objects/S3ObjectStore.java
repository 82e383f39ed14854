package dev.stipend.ingest.objects;

import io.micronaut.context.BeanProvider;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// Objects in an S3 bucket. The client is made when it is first used.
@Singleton
class S3ObjectStore implements ObjectStore {
  private final BeanProvider<S3Client> s3;

  S3ObjectStore(BeanProvider<S3Client> s3) {
    this.s3 = s3;
  }

  @Override
  public byte[] fetch(NewObject object, int most) throws IOException {
    try (InputStream in =
        s3.get().getObject(request -> request.bucket(object.bucket()).key(object.key()))) {
      byte[] bytes = in.readNBytes(most);
      if (in.read() >= 0) {
        throw new UnusableObjectException("is larger than %,d bytes".formatted(most));
      }
      return bytes;
    } catch (NoSuchKeyException gone) {
      throw new UnusableObjectException("is not there any more", gone);
    } catch (SdkException failure) {
      throw new IOException("Cannot read from S3: " + object.shown(), failure);
    }
  }
}
