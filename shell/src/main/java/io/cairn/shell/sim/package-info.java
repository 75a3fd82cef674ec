/** Tells what a simulation found: as tables for people, as JSON and CSV for programs. */
@NullMarked
package io.cairn.shell.sim;

import org.jspecify.annotations.NullMarked;
