/** What else there is for the same work: other people's programs, and the way it is done today. */
@NullMarked
package io.dorsal.bench.peers;

import org.jspecify.annotations.NullMarked;
