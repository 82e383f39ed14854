package dev.stipend.local.catcher;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A mail as its reader sees it.
///
/// @param id its number since the start
/// @param headers as they came, one a line
/// @param text the plain part; empty when there is none
/// @param html the HTML part; empty when there is none
/// @param pictures what the HTML part shows, by content id
public record CaughtMail(
    long id,
    Instant at,
    String from,
    String to,
    String subject,
    List<String> headers,
    String text,
    String html,
    Map<String, Picture> pictures) {
  /// A part that the HTML part shows.
  ///
  /// @param content in base64
  public record Picture(String contentType, String content) {}
}
