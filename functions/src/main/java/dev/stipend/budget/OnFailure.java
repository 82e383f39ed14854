package dev.stipend.budget;

/// What a hard limit does when the database cannot answer.
public enum OnFailure {
  CLOSED,
  OPEN;
}
