/** The node of another process as {@link io.cairn.app.Node}. It knows HTTP, the API and its JSON, and neither the server nor commands. */
@NullMarked
package io.cairn.control.client;

import org.jspecify.annotations.NullMarked;
