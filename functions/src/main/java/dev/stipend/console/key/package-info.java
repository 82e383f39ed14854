/// API keys: who has which, made and revoked; for admins. A key is shown once, on the page that
/// answers its making, and no browser keeps that page.
///
/// Does not own: what keys may do, how they are made.
@NullMarked
package dev.stipend.console.key;

import org.jspecify.annotations.NullMarked;
