/** Adapters: Netty TCP and TLS. */
@NullMarked
package io.cairn.transfer.net;

import org.jspecify.annotations.NullMarked;
