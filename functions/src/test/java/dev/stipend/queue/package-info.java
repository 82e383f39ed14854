/// The queues against a real SQS server.
@NullMarked
package dev.stipend.queue;

import org.jspecify.annotations.NullMarked;
