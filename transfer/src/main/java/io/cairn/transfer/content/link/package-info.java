/** Magnet links as text and as values. It knows identifiers and nothing else. */
@NullMarked
package io.cairn.transfer.content.link;

import org.jspecify.annotations.NullMarked;
