package io.cairn.samples.endtoend;

import io.cairn.samples.architecture.ProjectFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The screens in docs/TOUR.md: written by a run with {@code -Dcairn.tour=write}, else compared with what a run shows. */
final class Tour {
    private static final Path FILE = ProjectFolder.root().resolve("docs/TOUR.md");
    private static final String FENCE = "```";
    private static final Pattern BAR = Pattern.compile(" *[━╌]{3,}.*");
    private static final Pattern ROW = Pattern.compile("^([0-9a-f]{8}) .*");
    private static final String START = """
            # A tour of the shell

            Screens of two machines, 80 columns wide, captured from real terminals by `TerminalSessionTest`. The test compares each run
            with this file, and writes it with `mvn test -pl samples -am -Dtest=TerminalSessionTest -Dcairn.tour=write
            -Dsurefire.failIfNoSpecifiedTests=false`. Blank lines at the end of a screen are cut, and folders are replaced by
            `/home/…`. Rates, ports and node ids differ from run to run.
            """;

    private final List<String> titles = new ArrayList<>();
    private final List<List<String>> screens = new ArrayList<>();

    /** @param text about the screen, for the reader */
    void add(String title, String text, List<String> screen) {
        titles.add("## " + title + "\n\n" + text);
        List<String> lines = new ArrayList<>();
        for (String line : screen) {
            lines.add(line.replaceAll("/tmp/.*", "/home/…"));
        }
        while (!lines.isEmpty() && lines.get(lines.size() - 1).isBlank()) {
            lines.remove(lines.size() - 1);
        }
        screens.add(lines);
    }

    boolean isToBeWritten() {
        return "write".equals(System.getProperty("cairn.tour"));
    }

    void write() throws IOException {
        StringBuilder text = new StringBuilder(START);
        for (int i = 0; i < screens.size(); i++) {
            text.append('\n').append(titles.get(i)).append("\n\n").append(FENCE).append('\n');
            screens.get(i).forEach(line -> text.append(line).append('\n'));
            text.append(FENCE).append('\n');
        }
        Files.writeString(FILE, text);
    }

    /** What must be the same in each run. */
    List<String> shown() {
        return screens.stream().map(Tour::masked).toList();
    }

    /** The same of the document. */
    static List<String> documented() throws IOException {
        List<String> screens = new ArrayList<>();
        List<String> screen = null;
        for (String line : Files.readAllLines(FILE)) {
            if (!line.equals(FENCE)) {
                if (screen != null) {
                    screen.add(line);
                }
            } else if (screen == null) {
                screen = new ArrayList<>();
            } else {
                screens.add(masked(screen));
                screen = null;
            }
        }
        return screens;
    }

    private static String masked(List<String> screen) {
        List<String> lines = new ArrayList<>();
        for (String line : screen) {
            String bare = ROW.matcher(BAR.matcher(line).replaceFirst(" BAR")).replaceFirst("$1 ROW");
            lines.add(bare.replaceAll("[0-9a-f]{4}…[0-9a-f]{4}", "NODE")
                    .replaceAll(":\\d{4,5}\\b", ":PORT")
                    .replaceAll(" (TARGET|PATH)$", "") // left out where the figures leave no room
                    .replaceAll(" +", " "));
        }
        return String.join("\n", lines);
    }
}
