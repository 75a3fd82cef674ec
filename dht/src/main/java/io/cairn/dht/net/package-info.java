/** Adapters to the real world: Netty UDP, the event loop, the system clock. */
@NullMarked
package io.cairn.dht.net;

import org.jspecify.annotations.NullMarked;
