package dev.stipend.notification.channel;

import dev.stipend.platform.json.JsonFields;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which readers of a channel may raise a limit where they read of it, hard limits included: those
/// whom the channel names, and without names nobody.
public final class LimitRaisers {
  private static final String FIELD = "raiseMembers";
  private static final int LONGEST_LIST = 2000;
  private static final Pattern MEMBER = Pattern.compile("[UW][A-Z0-9]{2,20}");

  private LimitRaisers() {}

  /// Whether a text is the provider's id of a member.
  public static boolean isMember(String text) {
    return MEMBER.matcher(text).matches();
  }

  /// Reads what a channel says of them: ids of members, with commas between.
  public static Map<String, String> readConfig(JsonFields config) {
    Optional<String> list = config.text(FIELD, LONGEST_LIST);
    if (list.filter(ids -> !members(ids).stream().allMatch(LimitRaisers::isMember)).isPresent()) {
      config.error(
          FIELD,
          "must be Slack member ids separated by commas, such as U0123456789: Slack shows"
              + " them in their profiles");
    }
    return list.map(ids -> Map.of(FIELD, ids)).orElse(Map.of());
  }

  /// Whether anybody may.
  public static boolean areNamed(Channel channel) {
    return channel.config().containsKey(FIELD);
  }

  /// Whether a member may.
  public static boolean include(Channel channel, String member) {
    return members(channel.config().getOrDefault(FIELD, "")).contains(member);
  }

  private static List<String> members(String list) {
    return Arrays.stream(list.split(",", -1)).map(String::strip).toList();
  }
}
