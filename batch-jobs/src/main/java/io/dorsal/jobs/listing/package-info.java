/** The job listSource: keeps a source's listing page by page and cuts it into partitions. */
@NullMarked
package io.dorsal.jobs.listing;

import org.jspecify.annotations.NullMarked;
