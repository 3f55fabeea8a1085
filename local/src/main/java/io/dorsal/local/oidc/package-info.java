/**
 * Who may call, locally: an OpenID Connect provider and the tokens it stands for, right ones and
 * wrong ones.
 */
@NullMarked
package io.dorsal.local.oidc;

import org.jspecify.annotations.NullMarked;
