/** Kademlia's algorithms without IO: each is asked what to do and told the results. */
@NullMarked
package io.cairn.dht.kad;

import org.jspecify.annotations.NullMarked;
