/// Addresses of the network: which are public, which an operator has named.
///
/// - What is not known to be public is not public.
///
/// Does not own: who may connect where.
@NullMarked
package dev.stipend.platform.network;

import org.jspecify.annotations.NullMarked;
