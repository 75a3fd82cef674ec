/**
 * Experiments as data: what a scenario says, the run that does it, and the report of what came out. It knows the simulated networks of both
 * protocols, and neither files nor output.
 */
@NullMarked
package io.cairn.sim.scenario;

import org.jspecify.annotations.NullMarked;
