package dev.stipend.api;

import io.micronaut.core.io.ResourceLoader;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/// The description of the API (OpenAPI 3), which the build writes from the controllers, with what
/// holds for all operations added once.
@Singleton
final class ApiDocument {
  private static final String WRITTEN_BY_THE_BUILD = "META-INF/swagger/stipend.yml";

  private final Node root;

  ApiDocument(ResourceLoader resources) {
    try (InputStream stream =
        resources.getResourceAsStream(WRITTEN_BY_THE_BUILD).orElseThrow()) {
      Object read = new Load(LoadSettings.builder().build()).loadFromInputStream(stream);
      root = ApiPromises.added(Node.of(read));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  Node root() {
    return root;
  }

  String yaml() {
    Map<String, Object> values = root.values();
    return new Dump(DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build())
        .dumpToString(values);
  }
}
