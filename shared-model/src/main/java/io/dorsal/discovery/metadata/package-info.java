/**
 * What a file says about itself: dates, places, cameras and names, read from few bytes of untrusted
 * files.
 */
@NullMarked
package io.dorsal.discovery.metadata;

import org.jspecify.annotations.NullMarked;
