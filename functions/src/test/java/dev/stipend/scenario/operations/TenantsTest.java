package dev.stipend.scenario.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.database.TableDigests;
import dev.stipend.support.http.ApiDescription;
import dev.stipend.support.http.ApiDescription.Route;
import dev.stipend.support.http.Inhabitant;
import dev.stipend.support.http.Json;
import dev.stipend.support.http.Requests.Answer;
import dev.stipend.support.http.Spots;
import dev.stipend.support.http.Spots.Spot;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Two workspaces with one of everything each: whatever the API describes, neither sees, changes or
/// can tell of what the other has.
@ExtendWith(StipendExtension.class)
final class TenantsTest {
  private static final UUID UNKNOWN = new UUID(0x4000L, 0x8000000000000009L);

  private final Stipend stipend;
  private ApiDescription api = new ApiDescription(Map.of());
  private Inhabitant owner = new Inhabitant("", Map.of(), Map.of());
  private final TableDigests digests;
  private Inhabitant other = new Inhabitant("", Map.of(), Map.of());

  TenantsTest(Stipend stipend) {
    this.stipend = stipend;
    this.digests =
        new TableDigests(
            stipend.database,
            "t.workspace_id = (SELECT id FROM stipend.workspaces WHERE slug = 'alpaca')");
  }

  @BeforeEach
  void settle() {
    api = ApiDescription.of(stipend);
    owner = Inhabitant.settle(stipend, api, "alpaca");
    other = Inhabitant.settle(stipend, api, "badger");
  }

  @AfterEach
  void close() {
    digests.close();
  }

  @Test
  void everyCollectionHasSomethingToKeepApart() {
    assertThat(api.routes().stream().filter(Route::hasId).map(Route::collection).distinct())
        .as(
            "Let Inhabitant create one of each, by an example that POST takes or a thing that is"
                + " listed")
        .isSubsetOf(owner.ids().keySet());
    assertThat(owner.ids().values()).doesNotContainAnyElementsOf(other.ids().values());
  }

  @Test
  void whatAnotherWorkspaceHasIsNotThere() {
    String before = digests.read();
    for (Route route :
        api.routes().stream().filter(Route::hasId).filter(each -> !each.isPutting()).toList()) {
      String id = String.valueOf(owner.ids().get(route.collection()));
      Answer theirs = send(route, id, other);
      Answer nobodys = send(route, UNKNOWN.toString(), other);
      assertThat(theirs.status()).as("%s: %s", route, theirs.body()).isEqualTo(404);
      assertThat(theirs.body().replace(id, "ID"))
          .as("%s: what is there and what is nowhere are told apart", route)
          .isEqualTo(nobodys.body().replace(UNKNOWN.toString(), "ID"));
      assertThat(digests.read()).as("%s by another workspace", route).isEqualTo(before);
    }
  }

  @Test
  void whatIsPutUnderTheSameIdLeavesThatOfAnotherWorkspaceAsItWas() {
    for (Route route : api.routes().stream().filter(Route::isPutting).toList()) {
      String list = stipend.api("GET", route.collection(), "", owner.key()).body();
      Answer theirs = send(route, String.valueOf(owner.ids().get(route.collection())), other);
      assertThat(theirs.status()).as("%s: %s", route, theirs.body()).isEqualTo(200);
      assertThat(stipend.api("GET", route.collection(), "", owner.key()).body()).isEqualTo(list);
    }
  }

  @Test
  void itsOwnWorkspaceHasIt() {
    for (Route route :
        api.routes().stream().filter(Route::hasId).filter(Route::isReading).toList()) {
      Answer own = send(route, String.valueOf(owner.ids().get(route.collection())), owner);
      assertThat(own.status()).as("%s: %s", route, own.body()).isEqualTo(200);
    }
  }

  @Test
  void noListShowsWhatAnotherWorkspaceHas() {
    for (Route route : api.routes()) {
      if (route.isReading() && !route.hasId()) {
        String path = route.path().replace("{name}", "user");
        assertShowsNothingOfOwner(route, stipend.api("GET", path, "", other.key()));
      }
    }
  }

  @Test
  void noQueryReachesIntoAnotherWorkspace() {
    for (Route route : api.routes()) {
      for (Map<?, ?> parameter : api.parameters(route, "query")) {
        if (route.isReading()) {
          String path =
              route
                  .path()
                  .replaceAll("[{]\\w+[}]", other.ids().getOrDefault(route.collection(), ""));
          for (String id : owner.ids().values()) {
            String query = path + "?" + parameter.get("name") + "=" + id;
            Answer answer = stipend.api("GET", query, "", other.key());
            assertThat(answer.status()).as("%s: %s", query, answer.body()).isBetween(200, 499);
            assertShowsNothingOfOwner(route, answer, id);
          }
        }
      }
    }
  }

  @Test
  void noBodyReachesIntoAnotherWorkspace() {
    String before = digests.read();
    for (Route route : api.routes()) {
      for (Spot spot : Spots.of(api, api.body(route))) {
        for (String id : owner.ids().values()) {
          Map<String, Object> body =
              spot.with(body(route, other), spot.type().equals("array") ? List.of(id) : id);
          String path =
              route
                  .path()
                  .replaceAll("[{]\\w+[}]", other.ids().getOrDefault(route.collection(), ""));
          Answer answer = stipend.api(route.method(), path, Json.write(body), other.key());
          String what = "%s with %s=%s: %s".formatted(route, spot.name(), id, answer.body());
          assertThat(answer.status()).as(what).isBetween(200, 499);
          assertThat(digests.read()).as(what).isEqualTo(before);
          // The request may have made a name of an id, which answers repeat from then on.
          assertShowsNothingOfOwner(route, answer, owner.ids().values().toArray(String[]::new));
          if (refers(spot)) {
            assertThat(answer.status()).as(what).isBetween(400, 499);
          }
        }
      }
    }
  }

  /// Whether a field holds the id of something.
  private static boolean refers(Spot spot) {
    Map<?, ?> element =
        spot.type().equals("array") ? ApiDescription.map(spot.schema(), "items") : spot.schema();
    return "uuid".equals(element.get("format"));
  }

  /// @param asked ids which the request named itself, and which may be repeated
  private void assertShowsNothingOfOwner(Route route, Answer answer, String... asked) {
    List<String> theirs =
        owner.ids().values().stream().filter(id -> !List.of(asked).contains(id)).toList();
    assertThat(answer.body()).as("%s", route).doesNotContain(owner.slug());
    theirs.forEach(
        id -> assertThat(answer.body()).as("%s %s", route, answer.body()).doesNotContain(id));
  }

  private Answer send(Route route, String id, Inhabitant caller) {
    return stipend.api(
        route.method(),
        route.path().replaceAll("[{]\\w+[}]", id),
        api.body(route).isEmpty() ? "" : Json.write(body(route, caller)),
        caller.key());
  }

  private Map<String, Object> body(Route route, Inhabitant caller) {
    return api.example(route).map(body -> caller.own(stipend, body)).orElse(Map.of());
  }
}
