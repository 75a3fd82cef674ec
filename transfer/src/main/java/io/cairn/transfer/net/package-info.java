/**
 * Listens, dials, and hands each accepted connection to the face that its first byte names. It knows sessions and TLS, and only the
 * application constructs it.
 */
@NullMarked
package io.cairn.transfer.net;

import org.jspecify.annotations.NullMarked;
