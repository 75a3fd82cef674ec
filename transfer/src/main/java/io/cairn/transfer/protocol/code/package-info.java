/** What two nodes say about a spoken code and about gifts, as values and as bytes; no IO. Knows shares and limits, not who asks. */
@NullMarked
package io.cairn.transfer.protocol.code;

import org.jspecify.annotations.NullMarked;
