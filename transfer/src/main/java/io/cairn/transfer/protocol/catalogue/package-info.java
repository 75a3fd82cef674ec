/** What a node lists for another, as messages: the state that an asker knows, pages of changes, and their bytes. It does no IO. */
@NullMarked
package io.cairn.transfer.protocol.catalogue;

import org.jspecify.annotations.NullMarked;
