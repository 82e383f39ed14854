/// The REST API: requests in, problems or answers out.
///
/// - JSON with `X-API-Key`; the key tells the workspace, and nothing outside it can be seen: what
///   is in another workspace is not found.
/// - A request is checked as a whole and every wrong or unknown field is named. Errors are RFC 9457
///   problems and hold no secret and no stack trace.
/// - Money in answers is a decimal as text; times are ISO 8601 in UTC. Lists page by `limit` and
///   `cursor`.
/// - 401 no valid key, 403 a key that may not, 404 not here, 503 the database does not answer.
///
/// Does not own: any rule of the domain; it translates.
@NullMarked
package dev.stipend.http;

import org.jspecify.annotations.NullMarked;
