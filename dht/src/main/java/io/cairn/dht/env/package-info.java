/** The ports through which the core gets time, timers, randomness and the network. */
@NullMarked
package io.cairn.dht.env;

import org.jspecify.annotations.NullMarked;
