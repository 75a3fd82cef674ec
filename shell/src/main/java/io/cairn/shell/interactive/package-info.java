/** The line that a person edits. It alone knows JLine's reader, and it knows no command. */
@NullMarked
package io.cairn.shell.interactive;

import org.jspecify.annotations.NullMarked;
