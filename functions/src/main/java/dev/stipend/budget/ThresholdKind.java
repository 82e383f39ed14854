package dev.stipend.budget;

/// Whether a threshold looks at what was spent or at what will be.
public enum ThresholdKind {
  ACTUAL,
  FORECAST;
}
