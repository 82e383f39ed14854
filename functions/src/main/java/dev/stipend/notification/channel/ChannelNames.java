package dev.stipend.notification.channel;

import dev.stipend.platform.json.FieldError;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.json.NearNames;
import dev.stipend.platform.web.Ids;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Lets a body name a channel by its exact name wherever it may name one by its id, and refuses
/// channels that the workspace does not have.
@Singleton
public final class ChannelNames {
  private static final String ONE = "channelId";
  private static final String SOME = "channels";
  private static final String LINES = "thresholds";

  /// More than any reader takes: of a longer list nothing is looked up.
  private static final int MOST = 20;

  private final Channels channels;

  ChannelNames(Channels channels) {
    this.channels = channels;
  }

  /// Reads a body with the ids of its channels in place of their names. What has another form stays
  /// for its reader to refuse.
  ///
  /// @throws InvalidJsonException naming every channel that is unknown, and what else is wrong
  public <T> T read(UUID workspace, @Nullable Object json, Function<@Nullable Object, T> reader) {
    if (!(json instanceof Map<?, ?> body)
        || !(body.containsKey(ONE) || body.containsKey(SOME) || body.containsKey(LINES))) {
      return reader.apply(json);
    }
    Reading reading = new Reading(channels.names(workspace));
    Map<Object, @Nullable Object> resolved = reading.object(body, "");
    if (body.get(LINES) instanceof List<?> lines && lines.size() <= MOST) {
      resolved.put(LINES, reading.lines(lines));
    }
    return reading.read(resolved, reader);
  }

  private static final class Reading {
    private final Map<UUID, String> names;
    private final List<FieldError> errors = new ArrayList<>();

    private Reading(Map<UUID, String> names) {
      this.names = names;
    }

    /// The channels that are unknown are told with what else is wrong.
    private <T> T read(
        Map<Object, @Nullable Object> resolved, Function<@Nullable Object, T> reader) {
      if (errors.isEmpty()) {
        return reader.apply(resolved);
      }
      Set<String> told = errors.stream().map(FieldError::field).collect(Collectors.toSet());
      try {
        T unused = reader.apply(resolved);
      } catch (InvalidJsonException more) {
        more.errors().stream().filter(error -> !told.contains(error.field())).forEach(errors::add);
      }
      throw new InvalidJsonException(errors);
    }

    private List<@Nullable Object> lines(List<?> lines) {
      List<@Nullable Object> resolved = new ArrayList<>();
      for (int i = 0; i < lines.size(); i++) {
        resolved.add(
            lines.get(i) instanceof Map<?, ?> line
                ? object(line, LINES + "[" + i + "].")
                : lines.get(i));
      }
      return resolved;
    }

    private Map<Object, @Nullable Object> object(Map<?, ?> object, String path) {
      Map<Object, @Nullable Object> resolved = new LinkedHashMap<>(object);
      if (object.get(ONE) instanceof String text) {
        resolved.put(ONE, id(text, path + ONE));
      }
      if (object.get(SOME) instanceof List<?> list && list.size() <= MOST) {
        List<@Nullable Object> ids = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
          ids.add(
              list.get(i) instanceof String text
                  ? id(text, path + SOME + "[" + i + "]")
                  : list.get(i));
        }
        resolved.put(SOME, ids);
      }
      return resolved;
    }

    private String id(String text, String path) {
      Optional<UUID> id =
          Ids.parse(text)
              .filter(names::containsKey)
              .or(
                  () ->
                      names.entrySet().stream()
                          .filter(channel -> channel.getValue().equals(text))
                          .findFirst()
                          .map(Map.Entry::getKey));
      if (id.isEmpty()) {
        errors.add(
            new FieldError(
                path,
                "must be the id or the exact name of a channel of this workspace"
                    + (errors.isEmpty() ? NearNames.hint(text, names.values()) : "")));
      }
      return id.map(UUID::toString).orElse(text);
    }
  }
}
