/** What people are told by mail besides: to whom, in which words, how often it is tried. */
@NullMarked
@ApplicationModule(allowedDependencies = {"access", "operations", "work"})
package io.dorsal.mail;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
