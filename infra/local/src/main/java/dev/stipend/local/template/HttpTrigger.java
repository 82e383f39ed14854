package dev.stipend.local.template;

/// A route of the HTTP API that leads to a function.
///
/// @param function logical id of the function
/// @param method an HTTP method, or `ANY`
/// @param path a path with `{variables}`, or `$default`, which takes what no other route does
/// @param payloadFormatVersion of the event: `2.0` is what `APIGatewayV2HTTPEvent` stands for
public record HttpTrigger(
    String function, String method, String path, String payloadFormatVersion) {
  static HttpTrigger of(String function, Block event) {
    return new HttpTrigger(
        function,
        event.text("Method").orElse("ANY"),
        event.text("Path").orElse("$default"),
        event.text("PayloadFormatVersion").orElse("2.0"));
  }
}
