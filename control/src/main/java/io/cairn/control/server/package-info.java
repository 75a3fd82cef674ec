/** A node behind its control interface, put together. It knows the listeners and the routes, and how both end. */
@NullMarked
package io.cairn.control.server;

import org.jspecify.annotations.NullMarked;
