package dev.stipend.http.openapi;

import io.micronaut.core.io.ResourceLoader;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;
import io.swagger.v3.oas.annotations.servers.Server;
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
@OpenAPIDefinition(
    servers = @Server(url = "/", description = "Where this description was read"),
    info =
        @Info(
            title = "Stipend",
            version = "1",
            license = @License(name = "Apache-2.0"),
            description =
                """
                Budgets for what AI agents spend: who may spend how much in which period, what was \
                spent, and who was told.

                Send JSON in UTF-8, and your key in the header X-API-Key; it tells your workspace, \
                and nothing outside it can be seen. Amounts in answers are decimals as text; \
                requests take a number or a text. Times are ISO 8601 in UTC.

                Lists page: send the nextCursor of a page as cursor to get the next one; the last \
                page has none. Errors are problems (RFC 9457), which name every wrong field at \
                once.\
                """))
@Singleton
final class ApiDocument {
  private static final String WRITTEN_BY_THE_BUILD = "META-INF/swagger/stipend.yml";

  private final DocumentNode root;

  ApiDocument(ResourceLoader resources) {
    try (InputStream stream = resources.getResourceAsStream(WRITTEN_BY_THE_BUILD).orElseThrow()) {
      Object read = new Load(LoadSettings.builder().build()).loadFromInputStream(stream);
      root = ApiPromises.added(DocumentNode.of(read));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  DocumentNode root() {
    return root;
  }

  String yaml() {
    Map<String, Object> values = root.values();
    return new Dump(DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build())
        .dumpToString(values);
  }
}
