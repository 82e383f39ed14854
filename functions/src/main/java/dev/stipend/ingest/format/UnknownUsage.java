package dev.stipend.ingest.format;

/// An attribute that looks like usage and that nobody here understands: there may be tokens that
/// are not counted.
///
/// @param library who sent it: the instrumentation scope, or the library that is known by its
///     attributes
/// @param version of the library; may be empty
/// @param attribute the attribute's name
/// @param value what it was
public record UnknownUsage(String library, String version, String attribute, String value) {
  /// What a span is said to have that tells usage, and nobody can say of which model.
  static final String NO_MODEL = "usage without a model";

  private static final int LONGEST_VALUE = 64;

  /// Makes the texts fit their columns.
  public UnknownUsage {
    library = SafeText.name(library);
    version = SafeText.name(version);
    attribute = SafeText.name(attribute);
    value = value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) : value;
  }
}
