/** Line editing on a terminal. The only package that imports JLine's reader. */
@NullMarked
package io.cairn.shell.interactive;

import org.jspecify.annotations.NullMarked;
