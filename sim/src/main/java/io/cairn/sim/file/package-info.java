/**
 * Scenarios as files: finds them, reads them strictly, and runs them if this machine has the memory. User interfaces enter the simulator
 * here. Knows TOML and the errors of {@code app}.
 */
@NullMarked
package io.cairn.sim.file;

import org.jspecify.annotations.NullMarked;
