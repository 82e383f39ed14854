package dev.stipend.budget;

/// How bad it is, from least to most.
public enum Severity {
  INFO,
  WARNING,
  CRITICAL;
}
