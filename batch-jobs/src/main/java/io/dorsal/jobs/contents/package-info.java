/** Reads spreadsheets, documents and databases whole, in child processes that may die of them. */
@NullMarked
package io.dorsal.jobs.contents;

import org.jspecify.annotations.NullMarked;
