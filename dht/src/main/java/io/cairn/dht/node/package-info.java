/** One node of the DHT, put together from its rooms. It knows all of them, and forwards. */
@NullMarked
package io.cairn.dht.node;

import org.jspecify.annotations.NullMarked;
