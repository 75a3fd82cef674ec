/** Who may ask: origins, host names, tokens. It decides on the head of a request and knows no routes but that of the metrics. */
@NullMarked
package io.cairn.control.server.access;

import org.jspecify.annotations.NullMarked;
