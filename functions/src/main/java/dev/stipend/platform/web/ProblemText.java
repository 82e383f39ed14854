package dev.stipend.platform.web;

/// What went wrong, in words, in whatever form it is answered.
public interface ProblemText {
  /// The media type of problems that programs read.
  public static final String MEDIA_TYPE = "application/problem+json";

  /// The kind of problem.
  String title();

  /// What happened this time, and what to do.
  String detail();
}
