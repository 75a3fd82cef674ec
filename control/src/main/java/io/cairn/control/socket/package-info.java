/** Where the socket of a node is. It knows file names, and neither HTTP nor the node. */
@NullMarked
package io.cairn.control.socket;

import org.jspecify.annotations.NullMarked;
