/**
 * The demonstration: an archive written, connected, scanned over HTTP and compared with its ledger,
 * file by file.
 */
@NullMarked
package io.dorsal.local.demo;

import org.jspecify.annotations.NullMarked;
