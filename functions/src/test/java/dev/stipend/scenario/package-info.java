/// What the product promises, told as its users see it.
@NullMarked
package dev.stipend.scenario;

import org.jspecify.annotations.NullMarked;
