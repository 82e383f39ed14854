package dev.stipend.http;

import dev.stipend.platform.json.FieldError;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Refuses parameters of a query that no text here can be: PostgreSQL cannot even be asked for some
/// control characters.
@ServerFilter({"/api/**"})
class QueryTexts {
  @RequestFilter
  @Nullable MutableHttpResponse<Problem> check(HttpRequest<?> request) {
    List<FieldError> errors =
        request.getParameters().asMap().entrySet().stream()
            .filter(
                parameter ->
                    parameter.getValue().stream()
                        .anyMatch(text -> text.chars().anyMatch(Character::isISOControl)))
            .map(
                parameter ->
                    new FieldError(
                        parameter.getKey(), "must be a string without control characters"))
            .toList();
    return errors.isEmpty()
        ? null
        : ProblemKind.INVALID_REQUEST.response("A query parameter is not valid text.", errors);
  }
}
