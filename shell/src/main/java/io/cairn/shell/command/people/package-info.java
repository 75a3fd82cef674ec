/**
 * The verbs about people: the names of their nodes. One thin class each: a verb parses, calls the node, prints, and maps errors; it knows
 * sessions and output.
 */
@NullMarked
package io.cairn.shell.command.people;

import org.jspecify.annotations.NullMarked;
