package dev.stipend.http;

import dev.stipend.platform.json.FieldError;
import io.micronaut.core.annotation.AnnotationMetadata;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.MethodBasedRouteMatch;
import io.micronaut.web.router.RouteAttributes;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Refuses parameters of a query that the operation does not know: a filter with a typing error
/// would answer everything. An operation knows the parameters of its method that are annotated as
/// such, those of a page where it takes one, and those that it says it reads itself.
@ServerFilter({"/api/**", "/v1/**"})
class QueryNames {
  private static final String FORMAT = "format";

  @RequestFilter
  @Nullable MutableHttpResponse<Problem> check(HttpRequest<?> request) {
    Set<String> sent = new TreeSet<>(request.getParameters().names());
    sent.remove("");
    if (sent.isEmpty() || ApiKeyFilter.isOpen(request)) {
      return null;
    }
    Set<String> known =
        RouteAttributes.getRouteMatch(request)
            .filter(MethodBasedRouteMatch.class::isInstance)
            .map(route -> known((MethodBasedRouteMatch<?, ?>) route))
            .orElse(sent);
    sent.removeAll(known);
    List<FieldError> errors =
        sent.stream().map(name -> new FieldError(name, message(name, known))).toList();
    return errors.isEmpty()
        ? null
        : ProblemKind.INVALID_REQUEST.response("A query parameter is unknown.", errors);
  }

  private static Set<String> known(MethodBasedRouteMatch<?, ?> route) {
    return new TreeSet<>(Stream.of(route.getArguments()).flatMap(QueryNames::names).toList());
  }

  private static Stream<String> names(Argument<?> argument) {
    AnnotationMetadata annotations = argument.getAnnotationMetadata();
    if (annotations.hasAnnotation(QueryValue.class)) {
      return Stream.of(annotations.stringValue(Bindable.class).orElse(argument.getName()));
    }
    return argument.getType() == PageRequest.class
        ? PageRequest.PARAMETERS.stream()
        : Stream.of(annotations.stringValues(ReadsQuery.class));
  }

  private static String message(String name, Set<String> known) {
    if (name.equals(FORMAT)) {
      return "is not supported: responses are always JSON";
    }
    return known.isEmpty()
        ? "is unknown: this operation has no query parameters"
        : "is unknown; known parameters are " + String.join(", ", known);
  }
}
