package dev.stipend.notify;

import dev.stipend.workspace.Workspace;

/// A workspace as its channels see it.
///
/// @param slug its name in URLs, and in the names of its secrets
/// @param isServed whether the channels that the deployment's environment configures are its own
public record Tenant(String slug, boolean isServed) {
  /// Whether it is the workspace of whoever runs the deployment.
  boolean isDefault() {
    return slug.equals(Workspace.DEFAULT_SLUG);
  }
}
