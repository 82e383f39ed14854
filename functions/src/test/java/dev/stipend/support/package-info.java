/// What tests of several packages share: stand-ins for what is not Stipend's, samples, comparison
/// with files.
@NullMarked
package dev.stipend.support;

import org.jspecify.annotations.NullMarked;
