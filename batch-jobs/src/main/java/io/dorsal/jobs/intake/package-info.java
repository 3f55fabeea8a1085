/** How work comes in: messages, who holds what, and what a failure means for the message. */
@NullMarked
package io.dorsal.jobs.intake;

import org.jspecify.annotations.NullMarked;
