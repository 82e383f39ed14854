/// Migrations of Prisma's, against real databases.
@NullMarked
package dev.stipend.migration.prisma;

import org.jspecify.annotations.NullMarked;
