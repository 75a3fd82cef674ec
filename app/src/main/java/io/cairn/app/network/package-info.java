/** Opens sockets, joins the network, and knows what was seen of it when something fails. It knows the API and the shared work. */
@NullMarked
package io.cairn.app.network;

import org.jspecify.annotations.NullMarked;
