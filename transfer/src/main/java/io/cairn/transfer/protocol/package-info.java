/** What peers say to each other, and one peer's session as a state machine. No IO. */
@NullMarked
package io.cairn.transfer.protocol;

import org.jspecify.annotations.NullMarked;
