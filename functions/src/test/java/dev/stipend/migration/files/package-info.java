/// Layouts of migrations.
@NullMarked
package dev.stipend.migration.files;

import org.jspecify.annotations.NullMarked;
