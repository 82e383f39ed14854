/// `/api/sources`: spend that is read from tables of applications.
///
/// - A source is tried before it is kept; the answer shows what was found.
/// - What it reads cannot be edited: another relation is another source.
///
/// Does not own: reading hosts, recording.
@NullMarked
package dev.stipend.http.source;

import org.jspecify.annotations.NullMarked;
