package dev.stipend.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.usecase.ImportUsage;
import io.micronaut.context.ApplicationContext;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class FunctionContextTest {
  @Test
  void startsWithoutAnySettingAndMakesOnlyWhatIsAskedFor() {
    try (ApplicationContext context = FunctionContext.start(started -> {})) {
      assertThat(context.getEnvironment().getActiveNames()).contains("function", "lambda");
      assertThat(context.findBean(InstantSource.class)).isPresent();
      assertThat(context.getActiveBeanRegistrations(ImportUsage.class)).isEmpty();
    }
  }
}
