/**
 * The demo archive: a wildlife photo archive made from a seed, written into a container, with a
 * ledger of the truth about every file.
 */
@NullMarked
package io.dorsal.local.archive;

import org.jspecify.annotations.NullMarked;
