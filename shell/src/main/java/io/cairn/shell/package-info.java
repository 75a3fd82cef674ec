/**
 * The program: {@code main}, its commands put together, and the loop of the shell. It constructs the node's launcher, and nobody knows it.
 */
@NullMarked
package io.cairn.shell;

import org.jspecify.annotations.NullMarked;
