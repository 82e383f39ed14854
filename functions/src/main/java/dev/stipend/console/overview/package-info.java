/// The first view: how a workspace stands, at a glance.
///
/// Does not own: any figure.
@NullMarked
package dev.stipend.console.overview;

import org.jspecify.annotations.NullMarked;
