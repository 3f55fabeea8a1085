/** Work that no scan asks for: packs support bundles and exports of the audit log. */
@NullMarked
package io.dorsal.jobs.maintenance;

import org.jspecify.annotations.NullMarked;
