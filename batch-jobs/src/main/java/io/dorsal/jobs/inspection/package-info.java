/** The job inspectPartition: reads the files of one partition, 500 to a commit. */
@NullMarked
package io.dorsal.jobs.inspection;

import org.jspecify.annotations.NullMarked;
