/// The bodies of requests as the API's description shows them. Nothing reads a request with these:
/// readers name every wrong field at once, which binding to a record cannot do.
///
/// - A component is a field, its `@param` what people are told of it; `@Nullable` may be left out.
/// - Each body has an example that the API takes as it stands.
/// - A test holds the fields to those that the readers know, both ways, and the choices to those
///   that they take.
///
/// Does not own: what a field may hold; the readers do.
@NullMarked
package dev.stipend.http.openapi.schema;

import org.jspecify.annotations.NullMarked;
