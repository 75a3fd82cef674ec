package io.cairn.sim.scenario;

/**
 * One number of a report.
 *
 * @param name the measurement, a dot, and the quantity: {@code calm.hops-mean}
 * @param value NaN if there was nothing to measure
 */
public record Figure(String name, double value) {}
