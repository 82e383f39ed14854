package dev.stipend.ingest.format.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.platform.json.ExactJson;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestMetadataTest {
  @ParameterizedTest
  @ValueSource(strings = {"team", "Team", "team_id", "teamId", "TEAM-ID", "team.id", "teamName"})
  void keysMayBeSpelledInEveryWay(String key) {
    RequestMetadata read = RequestMetadata.of(Map.of(key, "search"));
    assertThat(read.names()).isEqualTo(Map.of("teamId", "search"));
    assertThat(read.labels()).isEmpty();
  }

  @Test
  void anIdGoesBeforeANameWhichStaysALabel() {
    RequestMetadata read = of("{\"team_name\":\"Search\",\"team\":\"t\",\"team_id\":\"t-1\"}");
    assertThat(read.names()).isEqualTo(Map.of("teamId", "t-1"));
    assertThat(read.labels()).isEqualTo(Map.of("team_name", "Search", "team", "t"));
  }

  @Test
  void whatLiteLlmPassesOnIsUnderstoodAfterTheCallersOwn() {
    RequestMetadata read =
        of("{\"user_api_key_team_id\":\"t\",\"user_api_key_user_id\":\"u\",\"user\":\"c\"}");
    assertThat(read.names()).isEqualTo(Map.of("teamId", "t", "userId", "c"));
    assertThat(read.labels()).isEqualTo(Map.of("user_api_key_user_id", "u"));
  }

  @Test
  void whatCannotBeSeenOrIsNoTextIsLeftOut() {
    RequestMetadata read =
        of("{\"user\":\" \",\"user_id\":null,\"agent\":{\"a\":1},\"workflow\":7,\"build\":1.50}");
    assertThat(read.names()).isEqualTo(Map.of("workflowId", "7"));
    assertThat(read.labels()).isEqualTo(Map.of("build", "1.50"));
    assertThat(of("[]").names()).isEmpty();
    assertThat(RequestMetadata.of(null).labels()).isEmpty();
  }

  private static RequestMetadata of(String json) {
    return RequestMetadata.of(ExactJson.parse(json));
  }
}
