/** Opens sockets, joins the network, and explains failures from what it saw of the network. It knows the API and the shared work. */
@NullMarked
package io.cairn.app.network;

import org.jspecify.annotations.NullMarked;
