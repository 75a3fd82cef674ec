/** Draws the curves of a report as an SVG file. The only package that imports AWT, XChart and Batik; loaded only if a plot is wanted. */
@NullMarked
package io.cairn.sim.chart;

import org.jspecify.annotations.NullMarked;
