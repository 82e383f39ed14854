/// Scenarios of operations: outages, maintenance, tenants side by side.
@NullMarked
package dev.stipend.scenario.operations;

import org.jspecify.annotations.NullMarked;
