package io.cairn.control.server.wire;

import io.cairn.control.server.access.Gate;
import io.cairn.control.server.route.Router;
import java.util.concurrent.Executor;

/**
 * What a listener does with requests.
 *
 * @param workers threads that may wait for the node
 */
record ServedRequests(Router router, Gate gate, Executor workers) {}
