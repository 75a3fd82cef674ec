package io.cairn.samples.endtoend;

import static io.cairn.samples.endtoend.Content.MIB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two shells in real terminals: three fetches run while a person types and resizes the window, and nothing is torn. */
class TerminalSessionTest {
    private static final List<String> NAMES =
            List.of("holidays in the north of the island.tar", "写真とビデオ.tar", "work 👩\u200d💻.tar");
    private static final Pattern BAR = Pattern.compile("[━╌]{3,}");
    private static final Pattern HASH = Pattern.compile("hash    ([0-9a-f]{40})");
    private static final Pattern PORT = Pattern.compile("(?m)^port +(\\d+)$");
    private static final String PROMPT = "cairn>";

    @TempDir
    Path folder;

    @Test
    void theTourShowsWhatATerminalShows() throws Exception {
        Tour tour = new Tour();
        runAt(80, 24, 50, 20, tour);
        if (tour.isToBeWritten()) {
            tour.write();
        }
        assertThat(tour.shown()).isEqualTo(Tour.documented());
    }

    @ParameterizedTest
    @CsvSource({"200, 50, 120, 40"})
    void nothingIsTornInALargeWindow(int columns, int rows, int otherColumns, int otherRows) throws Exception {
        runAt(columns, rows, otherColumns, otherRows, new Tour());
    }

    private void runAt(int columns, int rows, int otherColumns, int otherRows, Tour tour) throws Exception {
        assumeTrue(Tmux.isInstalled(), "tmux is not installed");
        Path ann = Files.createDirectories(folder.resolve("ann"));
        Path ben = Files.createDirectories(folder.resolve("ben"));
        try (Tmux sharer = Tmux.start(ann, columns, rows, cairn(ann))) {
            List<String> hashes = share(sharer, ann, tour);
            Matcher port = PORT.matcher(
                    joined(sharer.await(screen -> PORT.matcher(joined(screen)).find())));
            assertThat(port.find()).isTrue();
            String address = "127.0.0.1:" + port.group(1);
            List<String> slowly = List.of("--bootstrap", address, "--limit-lan", "--limit-down", "1MiB/s");
            try (Tmux fetcher = Tmux.start(ben, columns, rows, cairn(ben, slowly))) {
                fetcher.await(screen -> isAtPrompt(screen, "") && joined(screen).contains("joined"));
                fetcher.press("C-l");
                run(fetcher, "help");
                tour.add(
                        "Help",
                        "`help` is one screen.",
                        fetcher.await(screen -> joined(screen).contains("Ctrl-D") && isAtPrompt(screen, "")));
                fetchAndType(fetcher, hashes, otherColumns, otherRows, columns, rows, tour);
            }
        }
    }

    private List<String> share(Tmux sharer, Path ann, Tour tour) throws Exception {
        sharer.await(screen -> isAtPrompt(screen, "") && joined(screen).contains("not joined yet"));
        List<String> hashes = new ArrayList<>();
        for (String name : NAMES) {
            Content.random(ann.resolve(name), 24 * MIB, hashes.size());
            sharer.press("C-l");
            run(sharer, "share '" + name + "'");
            List<String> screen =
                    sharer.await(shown -> joined(shown).contains("shared  " + name) && isAtPrompt(shown, ""));
            if (hashes.isEmpty()) {
                tour.add("Share", "A file is hashed, published and served where it is.", screen);
            }
            Matcher hash = HASH.matcher(joined(screen));
            assertThat(hash.find()).isTrue();
            hashes.add(hash.group(1));
        }
        sharer.press("C-l");
        run(sharer, "shares");
        List<String> shares = sharer.await(shown -> joined(shown).contains("HASH") && isAtPrompt(shown, ""));
        tour.add("Shares", "Lists are tables that fit the window. `--full` shows whole hashes and paths.", shares);
        sharer.press("C-l");
        run(sharer, "id");
        return hashes;
    }

    private static void fetchAndType(
            Tmux fetcher, List<String> hashes, int otherColumns, int otherRows, int columns, int rows, Tour tour)
            throws Exception {
        fetcher.press("C-l");
        for (String hash : hashes) {
            run(fetcher, "fetch " + hash + " -o files/ &");
            fetcher.await(screen -> isAtPrompt(screen, ""));
        }
        fetcher.await(screen -> bars(screen, 0).size() == NAMES.size());
        fetcher.press("C-l");
        String typed = "";
        for (String letter : List.of("f", "e", "t", "c", "h")) {
            fetcher.type(letter);
            typed += letter;
            awaitIntact(fetcher, typed, columns);
        }
        tour.add(
                "Three fetches",
                "Fetches in the background are drawn below the prompt, while a person types.",
                fetcher.await(screen ->
                        isIntact(screen, "fetch", columns) && !joined(screen).contains("  0%")));
        fetcher.resize(otherColumns, otherRows);
        tour.add("A narrow window", "The same after a resize.", awaitIntact(fetcher, typed, otherColumns));
        fetcher.type("es --ful");
        awaitIntact(fetcher, typed + "es --ful", otherColumns);
        fetcher.resize(columns, rows);
        awaitIntact(fetcher, typed + "es --ful", columns);
        fetcher.press("C-c"); // gives the line up and leaves it where it is
        awaitIntact(fetcher, "", columns);
        fetcher.press("C-l");
        run(fetcher, "fetches");
        List<String> fetches =
                fetcher.await(screen -> joined(screen).contains("HASH") && isIntact(screen, "", columns));
        tour.add("Fetches", "The same as a table.", fetches);
        fetcher.press("C-l");
        run(fetcher, "limit down off");
        fetcher.await(screen -> joined(screen).split("saved", -1).length > NAMES.size()
                && isAtPrompt(screen, "")
                && bars(screen, 0).isEmpty());
        fetcher.press("C-l");
        run(fetcher, "fetches");
        List<String> done = fetcher.await(screen -> joined(screen).contains("100%") && isAtPrompt(screen, ""));
        assertThat(done.stream().filter(line -> line.contains(" done "))).hasSize(NAMES.size());
        tour.add("Done", "100 % means done.", done);
    }

    private static List<String> awaitIntact(Tmux terminal, String typed, int columns) throws Exception {
        return terminal.await(screen -> isIntact(screen, typed, columns));
    }

    /**
     * Whether the prompt holds what was typed, and below it, and nowhere else, is one whole line for each fetch, laid out for the width.
     */
    private static boolean isIntact(List<String> screen, String typed, int columns) {
        int prompt = promptAt(screen);
        List<String> below = bars(screen, Math.max(0, prompt));
        boolean whole = below.size() == NAMES.size() && bars(screen, 0).size() == NAMES.size();
        for (int i = 0; whole && i < NAMES.size(); i++) {
            whole = screen.get(prompt + 1 + i).equals(below.get(i))
                    && below.get(i).startsWith(NAMES.get(i).substring(0, 2))
                    && below.get(i).matches("[^━╌]+ [━╌]+ +\\d{1,2}%( .*)?");
        }
        int barAt = Math.min(40, columns * 3 / 10)
                + 2; // after the room for a name; the first name is one column a character
        boolean nothingElse = whole
                && below.get(0).substring(barAt - 2).matches("  [━╌].*")
                && screen.subList(prompt + 1 + NAMES.size(), screen.size()).stream()
                        .allMatch(String::isBlank);
        return nothingElse && isAtPrompt(screen, typed);
    }

    private static List<String> bars(List<String> screen, int from) {
        return screen.subList(from, screen.size()).stream()
                .filter(line -> BAR.matcher(line).find())
                .toList();
    }

    /** The row of the line that is edited; -1 if there is none. */
    private static int promptAt(List<String> screen) {
        for (int i = screen.size() - 1; i >= 0; i--) {
            if (screen.get(i).startsWith(PROMPT)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isAtPrompt(List<String> screen, String typed) {
        int prompt = promptAt(screen);
        return prompt >= 0 && screen.get(prompt).equals((PROMPT + " " + typed).strip());
    }

    private static void run(Tmux terminal, String line) throws IOException {
        terminal.type(line);
        terminal.press("Enter");
    }

    private static String joined(List<String> screen) {
        return String.join("\n", screen);
    }

    private static List<String> cairn(Path home) {
        return cairn(home, List.of());
    }

    private static List<String> cairn(Path home, List<String> options) {
        List<String> command = CairnProcess.javaCommand(home);
        command.addAll(List.of("--data-dir", home.resolve("data").toString(), "--port", "0"));
        command.addAll(List.of("--bind", "127.0.0.1", "--no-lan"));
        command.addAll(options);
        return command;
    }
}
