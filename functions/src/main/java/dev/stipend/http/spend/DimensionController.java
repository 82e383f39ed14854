package dev.stipend.http.spend;

import dev.stipend.http.ApiRequest;
import dev.stipend.http.ProblemException;
import dev.stipend.http.ReadsQuery;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.web.SentQuery;
import dev.stipend.report.spend.Dimension;
import dev.stipend.report.spend.SeenIds;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/// Shows which ids usage has had.
@Controller("/api/dimensions")
class DimensionController {
  /// The dimension of the keys of tags.
  private static final String TAG = "tag";

  private static final int USUAL = 20;
  private static final int MOST = 200;
  private static final int LONGEST = 200;

  private final SeenIds seen;

  DimensionController(SeenIds seen) {
    this.seen = seen;
  }

  /// Ids of a dimension.
  ///
  /// @param items those that begin with the text first
  /// @param complete whether no other id matches; false where there are more, or where older usage
  ///     was not looked at
  @Serdeable
  record DimensionResponse(List<Item> items, boolean complete) {
    /// An id.
    @Serdeable
    record Item(String id) {}
  }

  /// Lists the ids that usage of this workspace has had in a dimension, those that begin with `q`
  /// first.
  ///
  /// @param name such as `user`, `tag` for the keys of tags, or `tag:project` for the values of one
  @Get("/{name}")
  DimensionResponse list(
      ApiRequest request, @PathVariable String name, @ReadsQuery({"q", "limit"}) SentQuery query) {
    String text = query.only("q").orElse("").strip();
    if (text.length() > LONGEST) {
      throw new InvalidJsonException("q", "must have at most " + LONGEST + " characters");
    }
    int limit = query.only("limit").map(DimensionController::limit).orElse(USUAL);
    SeenIds.Found found =
        name.equals(TAG)
            ? seen.tagKeys(request.workspaceId(), text, limit)
            : seen.of(
                request.workspaceId(),
                Dimension.of(name).orElseThrow(() -> ProblemException.missing("dimension", name)),
                text,
                limit);
    return new DimensionResponse(
        found.ids().stream().map(DimensionResponse.Item::new).toList(), found.complete());
  }

  private static int limit(String sent) {
    if (!sent.matches("[1-9]\\d{0,2}") || Integer.parseInt(sent) > MOST) {
      throw new InvalidJsonException("limit", "must be a whole number from 1 to " + MOST);
    }
    return Integer.parseInt(sent);
  }
}
