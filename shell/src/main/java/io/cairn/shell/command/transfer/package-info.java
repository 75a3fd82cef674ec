/**
 * The verbs that share, fetch and verify, one thin class each. A verb parses, calls the node, prints, and maps errors; it knows sessions
 * and output.
 */
@NullMarked
package io.cairn.shell.command.transfer;

import org.jspecify.annotations.NullMarked;
