/** The messages of Cairn's own wire and one session as a state machine. It knows contents by their manifests, and does no IO. */
@NullMarked
package io.cairn.transfer.protocol;

import org.jspecify.annotations.NullMarked;
