/// The API as its clients see it: its description, requests, and values that no client should send.
@NullMarked
package dev.stipend.support.http;

import org.jspecify.annotations.NullMarked;
