/// A workspace at a glance, as one answer.
@NullMarked
package dev.stipend.http.overview;

import org.jspecify.annotations.NullMarked;
