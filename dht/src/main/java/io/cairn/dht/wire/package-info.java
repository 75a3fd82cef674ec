/** Messages as data, and the codec between them and bytes. No IO. */
@NullMarked
package io.cairn.dht.wire;

import org.jspecify.annotations.NullMarked;
