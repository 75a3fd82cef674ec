package io.cairn.sim.scenario;

/**
 * One number of a report.
 *
 * @param name of what was measured, a dot, and what of it: {@code calm.hops-mean}
 * @param value not a number where there was nothing to measure
 */
public record Figure(String name, double value) {}
