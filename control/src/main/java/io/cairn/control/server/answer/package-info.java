/** Requests and answers of the control interface as data. They know JSON objects, and neither sockets nor the node. */
@NullMarked
package io.cairn.control.server.answer;

import org.jspecify.annotations.NullMarked;
