/** TLS: the certificate of this run and the engine. It knows how frames start, but no messages. */
@NullMarked
package io.cairn.transfer.net.tls;

import org.jspecify.annotations.NullMarked;
