package dev.stipend.http.openapi;

import io.micronaut.core.io.ResourceLoader;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The contract of the API (OpenAPI 3), as it stands in `openapi.yaml`.
@Singleton
final class ApiDocument {
  private static final String CONTRACT = "openapi.yaml";

  private final String yaml;

  ApiDocument(ResourceLoader resources) {
    try (InputStream stream = resources.getResourceAsStream(CONTRACT).orElseThrow()) {
      yaml = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  String yaml() {
    return yaml;
  }

  DocumentNode root() {
    return DocumentNode.of(new Load(LoadSettings.builder().build()).loadFromString(yaml));
  }
}
