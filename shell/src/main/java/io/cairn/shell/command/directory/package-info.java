/**
 * The verbs about services and values, one thin class each. A verb parses, calls the node, prints, and maps errors; it knows sessions and
 * output.
 */
@NullMarked
package io.cairn.shell.command.directory;

import org.jspecify.annotations.NullMarked;
