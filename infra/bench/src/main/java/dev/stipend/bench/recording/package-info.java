/// Writing usage and adding it up again: recording, importing, a large ledger, reconciliation.
@NullMarked
package dev.stipend.bench.recording;

import org.jspecify.annotations.NullMarked;
