package dev.stipend.ingest.objects;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The bucket whose objects are read: `BEDROCK_LOG_BUCKET`, and the workspace that they belong to
/// where their messages name none: `BEDROCK_LOG_WORKSPACE`.
@Singleton
public class WiredBucket {
  private final String bucket;
  private final String workspace;

  WiredBucket(
      @Nullable @Value("${bedrock.log.bucket:}") String bucket,
      @Nullable @Value("${bedrock.log.workspace:}") String workspace) {
    this.bucket = bucket == null ? "" : bucket.strip();
    this.workspace = workspace == null ? "" : workspace.strip();
  }

  /// The workspace, by its slug; empty where it is the only one.
  public Optional<String> workspaceSlug() {
    return Optional.of(workspace).filter(slug -> !slug.isEmpty());
  }

  /// Refuses an object that is not to be read.
  ///
  /// @throws UnusableObjectException if the object is in another bucket, or none is wired
  public void check(NewObject object) {
    if (bucket.isEmpty()) {
      throw new UnusableObjectException(
          "is not read: no bucket is wired; set BEDROCK_LOG_BUCKET (parameter BedrockLogBucket)");
    }
    if (!object.bucket().equals(bucket)) {
      throw new UnusableObjectException(
          "is not read: only those of the bucket " + bucket + " are (BEDROCK_LOG_BUCKET)");
    }
  }
}
