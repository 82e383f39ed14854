/// API Gateway and Lambda's Invoke API on one machine, on one port of the loopback interface.
///
/// - A request becomes the event of payload format 2.0, with its corner cases: decoded path, raw
///   query, joined headers, separate cookies, base64 for what is not text.
/// - An answer goes out as the function gave it; a function that throws is `500` and no detail.
/// - Invoke answers `200` with `X-Amz-Function-Error` when a function throws, like Lambda.
///
/// Does not own routes, status codes or bodies of the API: those are the function's.
@NullMarked
package dev.stipend.local.http;

import org.jspecify.annotations.NullMarked;
