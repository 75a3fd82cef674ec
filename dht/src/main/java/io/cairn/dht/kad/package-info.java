/**
 * Kademlia's algorithms without IO: each is asked what to do and told what happened. It knows messages and identifiers, and never sends,
 * waits or reads a clock.
 */
@NullMarked
package io.cairn.dht.kad;

import org.jspecify.annotations.NullMarked;
