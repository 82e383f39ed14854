package dev.stipend.local.queue;

import dev.stipend.local.template.QueueResource;

/// A queue that exists.
///
/// @param resource what the template says of it
public record LocalQueue(QueueResource resource, String url, String arn) {

  /// The logical id in the template.
  public String name() {
    return resource.logicalId();
  }
}
