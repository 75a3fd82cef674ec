/**
 * Experiments as data: a scenario, its run, and the report of the results. It knows the simulated networks of both protocols, and neither
 * files nor output.
 */
@NullMarked
package io.cairn.sim.scenario;

import org.jspecify.annotations.NullMarked;
