/** Makes the manual and the completions of a package from the command line's model. It runs while the package is built, and is not in it. */
@NullMarked
package io.cairn.dist;

import org.jspecify.annotations.NullMarked;
