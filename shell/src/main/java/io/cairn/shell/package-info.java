/** The face: commands, the interactive shell, output. */
@NullMarked
package io.cairn.shell;

import org.jspecify.annotations.NullMarked;
