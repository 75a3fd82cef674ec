/** What people and programs read: text, JSON lines, the progress line. */
@NullMarked
package io.cairn.shell.output;

import org.jspecify.annotations.NullMarked;
