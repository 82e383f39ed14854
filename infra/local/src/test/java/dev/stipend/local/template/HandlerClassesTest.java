package dev.stipend.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Holds the handlers that the template names against the classes that there are.
class HandlerClassesTest {
  private final SamTemplate template;

  HandlerClassesTest() throws IOException {
    template = SamTemplate.read(Path.of("../../template.yaml"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          RecordUsageFunction     | SQSEvent              | SQSBatchResponse
          DeliverAlertsFunction   | SQSEvent              | SQSBatchResponse
          SweepBudgetsFunction    | Map<String, Object>   | Map<String, Object>
          MaintainLedgerFunction  | Map<String, Object>   | Map<String, Object>
          MigrateDatabaseFunction | Map<String, Object>   | Map<String, Object>
          BudgetApiFunction       | APIGatewayV2HTTPEvent | APIGatewayV2HTTPResponse
          """)
  void lambdaCanMakeTheHandlerAndGivesItWhatItTakes(String function, String input, String output)
      throws ReflectiveOperationException {
    Class<?> handler =
        Class.forName(template.function(function).handler(), false, getClass().getClassLoader());

    assertThat(Modifier.isAbstract(handler.getModifiers())).isFalse();
    assertThat(Modifier.isPublic(handler.getModifiers())).isTrue();
    assertThat(handler.getConstructor()).isNotNull();
    assertThat(handledTypes(handler, new HashMap<>()))
        .extracting(HandlerClassesTest::shortName)
        .containsExactly(input, output);
  }

  /// What a class makes of the two parameters of `RequestHandler`; empty if it is none.
  private static List<Type> handledTypes(Type type, Map<Type, Type> bound) {
    Class<?> raw = (Class<?>) (type instanceof ParameterizedType p ? p.getRawType() : type);
    if (type instanceof ParameterizedType parameterized) {
      Type[] arguments = parameterized.getActualTypeArguments();
      for (int i = 0; i < arguments.length; i++) {
        bound.put(raw.getTypeParameters()[i], bound.getOrDefault(arguments[i], arguments[i]));
      }
    }
    if (raw == RequestHandler.class) {
      return Arrays.stream(raw.getTypeParameters()).map(bound::get).toList();
    }
    return Stream.concat(
            Stream.ofNullable(raw.getGenericSuperclass()), Stream.of(raw.getGenericInterfaces()))
        .map(parent -> handledTypes(parent, bound))
        .filter(types -> !types.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private static String shortName(Type type) {
    return type.getTypeName()
        .replace("java.util.", "")
        .replace("java.lang.", "")
        .replace("com.amazonaws.services.lambda.runtime.events.", "");
  }
}
