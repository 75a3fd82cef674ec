/**
 * Examines a running node and its surroundings: each check is a class that turns what was found into a verdict, and {@code Doctor} runs
 * them side by side. It knows the node's parts through {@code Patient}, and nothing of the facade.
 */
@NullMarked
package io.cairn.app.doctor;

import org.jspecify.annotations.NullMarked;
