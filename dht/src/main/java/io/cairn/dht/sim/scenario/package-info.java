/** Experiments as data: what a scenario says, the run that does it, and the report of what came out. */
@NullMarked
package io.cairn.dht.sim.scenario;

import org.jspecify.annotations.NullMarked;
