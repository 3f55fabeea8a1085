/**
 * What is written in spreadsheets, documents and databases: shapes only. The readers of foreign
 * files belong to the worker, see decision 0013.
 */
@NullMarked
package io.dorsal.discovery.contents;

import org.jspecify.annotations.NullMarked;
