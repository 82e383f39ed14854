/// JSON: what comes from outside with exact numbers, and errors that name the field; what Stipend
/// writes itself as text ({@link dev.stipend.platform.json.JsonText}).
///
/// - Numbers become `BigDecimal` straight from the text. (The tree of Micronaut Serde goes through
///   `double`, which loses digits of an amount; this package reads the same Jackson parser without
///   that.)
/// - Input is bounded: depth, length of numbers and texts. A field given twice is an error.
/// - What nobody asks for may hold anything; a text that is asked for has whole characters only.
/// - Every problem of an object is reported at once, each with the field's path and what would be
///   right.
///
/// Does not own: how objects become JSON (Micronaut Serde), the meaning of any field.
@NullMarked
package dev.stipend.platform.json;

import org.jspecify.annotations.NullMarked;
