/// What tests do to databases behind the back of the product: look in, take them away, have them
/// refuse, start one of another version.
@NullMarked
package dev.stipend.support.database;

import org.jspecify.annotations.NullMarked;
