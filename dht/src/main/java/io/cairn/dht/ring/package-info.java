/**
 * A consistent-hash ring: which node keeps which key, so that few keys move when nodes join or leave. It knows identifiers and nothing
 * else.
 */
@NullMarked
package io.cairn.dht.ring;

import org.jspecify.annotations.NullMarked;
