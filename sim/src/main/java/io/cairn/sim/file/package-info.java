/**
 * Scenarios as files: finds and reads them strictly, and runs them if this machine has the memory. It is the door of the simulator for whoever
 * has a face, and knows TOML and the errors of {@code app}.
 */
@NullMarked
package io.cairn.sim.file;

import org.jspecify.annotations.NullMarked;
