package dev.stipend.tenant.people;

import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.json.JsonFields;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is to be known of somebody.
///
/// @param userId the id that usage and keys have for them
/// @param name for people
/// @param team what team they are in, for people
/// @param slackId their id as a member in Slack
public record NewPerson(
    String userId,
    String name,
    Optional<String> email,
    Optional<String> team,
    Optional<String> slackId) {
  private static final int LONGEST = 200;
  private static final int LONGEST_EMAIL = 320;
  private static final int LONGEST_MEMBER = 22;
  private static final Predicate<String> EMAIL =
      Pattern.compile("[^\\s@,<>]+@[^\\s@,<>]+").asMatchPredicate();
  private static final Predicate<String> MEMBER =
      Pattern.compile("[UW][A-Z0-9]{2,20}").asMatchPredicate();

  /// Reads it.
  ///
  /// @throws InvalidJsonException naming every field that is wrong
  public static NewPerson read(String userId, @Nullable Object json) {
    JsonFields fields = JsonFields.of(json);
    if (userId.isBlank()
        || userId.length() > LONGEST
        || userId.chars().anyMatch(Character::isISOControl)) {
      fields.error("id", "must have 1 to " + LONGEST + " characters without control characters");
    }
    fields.require("name");
    NewPerson person =
        new NewPerson(
            userId,
            fields.name("name", LONGEST).orElse(""),
            formed(fields, "email", LONGEST_EMAIL, EMAIL, "must be one email address"),
            fields.name("team", LONGEST),
            formed(
                fields,
                "slackId",
                LONGEST_MEMBER,
                MEMBER,
                "must be the id of a member in Slack, such as U0123456789"));
    fields.refuseUnknown();
    fields.check();
    return person;
  }

  private static Optional<String> formed(
      JsonFields fields, String name, int longest, Predicate<String> form, String message) {
    Optional<String> text = fields.text(name, longest);
    if (text.filter(form.negate()).isPresent()) {
      fields.error(name, message);
    }
    return text;
  }
}
