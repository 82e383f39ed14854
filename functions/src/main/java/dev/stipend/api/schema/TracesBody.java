package dev.stipend.api.schema;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;

/// OTLP's `ExportTraceServiceRequest` in JSON.
///
/// @param resourceSpans as an exporter writes them; spans without GenAI attributes are passed over
@Schema(example = "{\"resourceSpans\":[]}")
public record TracesBody(List<Map<String, Object>> resourceSpans) {}
