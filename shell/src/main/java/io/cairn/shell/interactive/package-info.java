/** The line that a person edits. The only importer of JLine's reader. */
@NullMarked
package io.cairn.shell.interactive;

import org.jspecify.annotations.NullMarked;
