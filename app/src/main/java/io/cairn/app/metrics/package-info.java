/**
 * The node's figures as metrics in Prometheus' text format; the only importer of Prometheus' library. It knows the API {@code Node} and is
 * loaded at the first scrape.
 */
@NullMarked
package io.cairn.app.metrics;

import org.jspecify.annotations.NullMarked;
