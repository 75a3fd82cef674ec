/**
 * The verb {@code sim}: its commands, and the simulator's results as tables for people, and as JSON and CSV for programs. It knows the
 * module {@code sim} and the output of the shell, and is the only package here that needs the simulator's jars.
 */
@NullMarked
package io.cairn.shell.sim;

import org.jspecify.annotations.NullMarked;
