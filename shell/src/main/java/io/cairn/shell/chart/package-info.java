/** Draws the curves of a simulation. The only importer of AWT, XChart and Batik, and loaded only when somebody wants a picture. */
@NullMarked
package io.cairn.shell.chart;

import org.jspecify.annotations.NullMarked;
