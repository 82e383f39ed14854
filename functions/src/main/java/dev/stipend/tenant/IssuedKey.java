package dev.stipend.tenant;

/// A key that was just made.
///
/// @param record what is kept of it
/// @param key the key itself, to be shown once and kept nowhere
public record IssuedKey(KeyRecord record, String key) {
  @Override
  public String toString() {
    return record.toString();
  }
}
