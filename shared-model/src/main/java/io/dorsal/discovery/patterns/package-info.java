/**
 * What the names of folders and files say: dates, places, animals, people and numbers, found by
 * pure functions over names in the order of their paths.
 */
@NullMarked
package io.dorsal.discovery.patterns;

import org.jspecify.annotations.NullMarked;
