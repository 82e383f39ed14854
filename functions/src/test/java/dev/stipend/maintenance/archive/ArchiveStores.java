package dev.stipend.maintenance.archive;

/// The product's own stores, for tests of other packages.
public final class ArchiveStores {
  private ArchiveStores() {}

  public static ArchiveStore directory() {
    return new FileArchiveStore();
  }
}
