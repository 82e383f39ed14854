/// Scenarios of reporting usage: forms, prices, corrections, imports.
@NullMarked
package dev.stipend.scenario.ingest;

import org.jspecify.annotations.NullMarked;
