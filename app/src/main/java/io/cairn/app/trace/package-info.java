/**
 * Traces switched on: decorates the ports of a node, and writes the spans that end to a file in OpenTelemetry's JSON. A node without tracing
 * loads {@code NodeTracing} alone.
 */
@NullMarked
package io.cairn.app.trace;

import org.jspecify.annotations.NullMarked;
