/**
 * The program: {@code main}, the assembly of its commands, and the loop of the shell. It constructs the node's launcher; no room knows it.
 */
@NullMarked
package io.cairn.shell;

import org.jspecify.annotations.NullMarked;
