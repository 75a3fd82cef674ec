/**
 * Traces: what a node did for one request, so that it can be followed across nodes. It knows ids and the clock, and neither messages nor
 * files.
 */
@NullMarked
package io.cairn.dht.trace;

import org.jspecify.annotations.NullMarked;
