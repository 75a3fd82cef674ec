/**
 * The ports through which time, timers, random numbers, the network and the disk reach the core. It knows identifiers only, and each port
 * says what it does not promise.
 */
@NullMarked
package io.cairn.dht.env;

import org.jspecify.annotations.NullMarked;
