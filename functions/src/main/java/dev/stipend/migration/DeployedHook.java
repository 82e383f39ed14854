package dev.stipend.migration;

/// Port: does what a fresh schema needs besides migrations, after each deploy. Must be safe to
/// repeat.
public interface DeployedHook {
  void deployed();
}
