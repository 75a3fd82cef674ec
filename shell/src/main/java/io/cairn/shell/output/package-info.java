/** Output for people and programs: text, JSON lines, the progress line. */
@NullMarked
package io.cairn.shell.output;

import org.jspecify.annotations.NullMarked;
