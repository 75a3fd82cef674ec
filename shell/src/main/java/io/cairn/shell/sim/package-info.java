/**
 * The verb {@code sim}: its commands, and what a simulation found as tables for people, as JSON and CSV for programs. It knows the module
 * {@code sim} and the output of the shell, and is the only room here that needs the simulator's jars.
 */
@NullMarked
package io.cairn.shell.sim;

import org.jspecify.annotations.NullMarked;
