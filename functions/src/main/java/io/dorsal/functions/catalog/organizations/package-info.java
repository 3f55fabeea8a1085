/** Organizations, their members and their verification over HTTP. */
@NullMarked
package io.dorsal.functions.catalog.organizations;

import org.jspecify.annotations.NullMarked;
