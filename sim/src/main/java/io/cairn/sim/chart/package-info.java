/**
 * Draws the curves of a report as an SVG file. The only importer of AWT, XChart and Batik, and loaded only when somebody wants a picture.
 */
@NullMarked
package io.cairn.sim.chart;

import org.jspecify.annotations.NullMarked;
