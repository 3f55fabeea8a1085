/** Institutes, projects and societies, who belongs to them, and how far they are verified. */
@NullMarked
@NamedInterface("organizations")
package io.dorsal.catalog.organizations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
