/// Who is calling: what their key may do, and what concerns the user whom it belongs to.
@NullMarked
package dev.stipend.http.me;

import org.jspecify.annotations.NullMarked;
