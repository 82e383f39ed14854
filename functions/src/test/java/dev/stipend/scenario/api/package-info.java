/// Scenarios of the API: keys, lists, errors, rubbish, documents.
@NullMarked
package dev.stipend.scenario.api;

import org.jspecify.annotations.NullMarked;
