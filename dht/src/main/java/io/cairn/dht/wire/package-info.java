/** Messages and records as data, and the codec between them and bytes. It knows identifiers, signatures and packets, and does no IO. */
@NullMarked
package io.cairn.dht.wire;

import org.jspecify.annotations.NullMarked;
