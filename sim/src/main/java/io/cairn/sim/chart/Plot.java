package io.cairn.sim.chart;

import io.cairn.app.CairnException;
import io.cairn.sim.scenario.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A report's curves as an SVG file, which any browser shows. */
public final class Plot {
    private Plot() {}

    /**
     * Draws the curves into a file and overwrites it.
     *
     * @throws CairnException of kind OTHER if this machine has no fonts, or the file cannot be written
     */
    public static void write(Report report, Path file) throws CairnException {
        System.setProperty("java.awt.headless", "true");
        String svg;
        try {
            svg = Sheet.of(report).toSvg();
        } catch (RuntimeException | InternalError | LinkageError noFonts) {
            throw new CairnException(
                    CairnException.Kind.OTHER,
                    "cannot draw " + file,
                    "Java finds no fonts on this machine, or cannot use them: " + noFonts,
                    "install fontconfig and a font (apt-get install fontconfig fonts-dejavu-core), or use --csv FILE",
                    noFonts);
        }
        try {
            Files.writeString(file, svg);
        } catch (IOException unwritable) {
            throw new CairnException(
                    CairnException.Kind.OTHER,
                    "cannot write " + file,
                    String.valueOf(unwritable),
                    "name another file with --plot",
                    unwritable);
        }
    }
}
