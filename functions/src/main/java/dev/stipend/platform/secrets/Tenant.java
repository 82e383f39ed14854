package dev.stipend.platform.secrets;

/// A workspace as its channels see it.
///
/// @param slug its name in URLs, and in the names of its secrets
/// @param isServed whether the channels that the deployment's environment configures are its own
public record Tenant(String slug, boolean isServed) {
  /// The operator's workspace.
  public static final String DEFAULT_SLUG = "default";

  /// Whether it is the operator's workspace.
  boolean isDefault() {
    return slug.equals(DEFAULT_SLUG);
  }
}
