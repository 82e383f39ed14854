package dev.stipend.console.page;

import dev.stipend.console.asset.Asset;
import dev.stipend.console.session.Session;
import dev.stipend.tenant.Role;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What is around every page.
///
/// @param text the words
/// @param title of the page
/// @param view which view it is, where it is one
/// @param session who is signed in
public record PageFrame(
    ConsoleText text, String title, Optional<View> view, Optional<Session> session) {
  public String say(String key, Object... parts) {
    return text.say(key, parts);
  }

  /// The views of each day, or all others, as far as they are for whoever is signed in.
  public List<View> views(boolean isDaily) {
    return Stream.of(View.values())
        .filter(view -> view.isDaily() == isDaily && may(view.role()))
        .toList();
  }

  /// The view of the page, where it is none of each day.
  public Optional<View> otherView() {
    return view.filter(each -> !each.isDaily());
  }

  /// Whether the key of whoever is signed in may do what needs a role.
  public boolean may(Role needed) {
    return session.filter(each -> each.may(needed)).isPresent();
  }

  public boolean isAt(View each) {
    return view.filter(each::equals).isPresent();
  }

  public String workspace() {
    return session.map(each -> each.caller().workspace().name()).orElse("");
  }

  /// Whether whoever is signed in may sign out: at this machine they would be signed in at once.
  public boolean canLeave() {
    return session.filter(each -> !each.isLocal()).isPresent();
  }

  /// Whether messages are caught on this machine, and shown there.
  public boolean hasCaughtMessages() {
    return session.filter(Session::isLocal).isPresent();
  }

  /// Whether whoever is signed in may change anything.
  public boolean mayChange() {
    return may(Role.ADMIN);
  }

  /// What forms carry.
  public String token() {
    return session.map(Session::token).orElse("");
  }

  public String style() {
    return Asset.STYLE.path();
  }

  public String script() {
    return Asset.SCRIPT.path();
  }
}
