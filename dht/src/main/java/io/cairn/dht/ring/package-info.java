/** A consistent-hash ring: which node keeps which key, so that few keys move when nodes come and go. Pure. */
@NullMarked
package io.cairn.dht.ring;

import org.jspecify.annotations.NullMarked;
