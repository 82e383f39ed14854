package dev.stipend.http.person;

import dev.stipend.http.ApiRequest;
import dev.stipend.http.Page;
import dev.stipend.http.PageRequest;
import dev.stipend.http.ProblemException;
import dev.stipend.platform.web.Cursor;
import dev.stipend.tenant.people.NewPerson;
import dev.stipend.tenant.people.People;
import dev.stipend.tenant.people.PeopleDesk;
import dev.stipend.tenant.people.Person;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import java.util.Optional;
import java.util.function.Function;

/// Lists, names and forgets people.
@Controller("/api/people")
class PersonController {
  private final People people;
  private final PeopleDesk desk;

  PersonController(People people, PeopleDesk desk) {
    this.people = people;
    this.desk = desk;
  }

  /// Lists people who have a name, by their ids.
  ///
  /// @param q only those whose id or name contains this
  @Get
  Page<Person> list(ApiRequest request, @QueryValue Optional<String> q, PageRequest page) {
    Optional<String> after = page.cursor().map(text -> Cursor.parse(text, People::place));
    return page.of(
        people.page(request.workspaceId(), q, after, page.most()),
        person -> Cursor.text(person.id()),
        Function.identity());
  }

  /// Gives a user a name, or changes it.
  @Put("/{id}")
  HttpResponse<?> put(ApiRequest request, @PathVariable String id) {
    NewPerson wanted = NewPerson.read(id, request.json());
    return request.once(() -> HttpResponse.ok(desk.put(request.caller(), wanted, request.now())));
  }

  /// Forgets the name of a user. What they used stays, under their id.
  @Delete("/{id}")
  HttpResponse<?> delete(ApiRequest request, @PathVariable String id) {
    return request.once(
        () -> {
          if (!desk.remove(request.caller(), id, request.now())) {
            throw ProblemException.missing("person", id);
          }
          return HttpResponse.noContent();
        });
  }
}
