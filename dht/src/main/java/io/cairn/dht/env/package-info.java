/** The ports through which time, timers, randomness and the network reach the core. */
@NullMarked
package io.cairn.dht.env;

import org.jspecify.annotations.NullMarked;
