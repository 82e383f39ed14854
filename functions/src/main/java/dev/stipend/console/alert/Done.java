package dev.stipend.console.alert;

import dev.stipend.console.page.ConsoleText;
import dev.stipend.platform.json.Labels;
import java.util.Optional;

/// What a form has done, as the page after it says.
///
/// @param deed what was done
/// @param count to how many alerts
/// @param over how many were left alone, because they were over
record Done(Deed deed, int count, int over) {
  /// The parameter of the address that it is in.
  static final String PARAMETER = "done";

  private static final int MOST = 1000;

  /// What people do.
  enum Deed {
    ACKNOWLEDGED,
    SNOOZED,
    RESENT,
    RAISED
  }

  static Done once(Deed deed) {
    return new Done(deed, 1, 0);
  }

  /// Reads it from an address; empty if it is none.
  static Optional<Done> of(Optional<String> sent) {
    return sent.filter(text -> text.matches("[a-z]{1,20}-\\d{1,3}-\\d{1,3}"))
        .map(text -> text.split("-", -1))
        .flatMap(
            parts ->
                Labels.find(Deed.class, parts[0])
                    .map(
                        deed ->
                            new Done(
                                deed, Integer.parseInt(parts[1]), Integer.parseInt(parts[2]))));
  }

  /// The address of a page that says so.
  String after(String path) {
    return path
        + (path.contains("?") ? "&" : "?")
        + PARAMETER
        + "="
        + Labels.of(deed)
        + "-"
        + Math.min(count, MOST - 1)
        + "-"
        + Math.min(over, MOST - 1);
  }

  String sentence(ConsoleText text) {
    String said =
        count == 0 && over == 0
            ? text.say("alerts.done.nothing")
            : text.say("alerts.done." + Labels.of(deed), text.count(count));
    return over == 0 ? said : said + " " + text.say("alerts.done.over", text.count(over));
  }
}
