/** A consistent-hash ring: maps keys to nodes so that few keys move when nodes join and leave. Pure. */
@NullMarked
package io.cairn.dht.ring;

import org.jspecify.annotations.NullMarked;
