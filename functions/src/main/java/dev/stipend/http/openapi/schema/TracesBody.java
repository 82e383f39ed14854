package dev.stipend.http.openapi.schema;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// OTLP's `ExportTraceServiceRequest` in JSON.
///
/// @param resourceSpans as an exporter writes them; spans without GenAI attributes are passed over;
///     an empty object is an empty export
@Schema(
    example = "{\"resourceSpans\":[]}",
    additionalProperties = Schema.AdditionalPropertiesValue.TRUE)
public record TracesBody(@Nullable List<Map<String, Object>> resourceSpans) {}
