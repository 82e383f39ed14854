package dev.stipend.console.person;

import dev.stipend.console.page.Address;
import dev.stipend.tenant.people.Person;
import java.util.Map;

/// Somebody with a name, in words.
///
/// @param edit the address of the form
/// @param remove the address of the question whether to forget the name
public record PersonRow(
    String id, String name, String email, String team, String slackId, String edit, String remove) {
  static PersonRow of(Person person) {
    Map<String, String> parameters = Map.of(PersonController.ID, person.id());
    return new PersonRow(
        person.id(),
        person.name(),
        person.email().orElse(""),
        person.team().orElse(""),
        person.slackId().orElse(""),
        Address.of(PersonController.PATH + "/edit", parameters),
        Address.of(PersonController.PATH + "/remove", parameters));
  }
}
