/// Forms that come back filled in, with what is wrong beside each field.
///
/// - A form's fields are named by the paths that the API has for them, such as `config.urlSecret`,
///   so that what the API's readers say of a field stands beside it.
/// - A field that is left empty is one that is not sent.
///
/// Does not own: what is right; the readers that the API uses too say that.
@NullMarked
package dev.stipend.console.form;

import org.jspecify.annotations.NullMarked;
