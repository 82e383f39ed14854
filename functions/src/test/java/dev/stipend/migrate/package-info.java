/// The engine, on small sets of migrations and on Stipend's own.
@NullMarked
package dev.stipend.migrate;

import org.jspecify.annotations.NullMarked;
