/** The simulator as programs use it: scenarios as files that people edit, and runs of them on this machine. */
@NullMarked
package io.cairn.app.sim;

import org.jspecify.annotations.NullMarked;
