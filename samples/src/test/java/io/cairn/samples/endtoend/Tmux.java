package io.cairn.samples.endtoend;

import io.cairn.testing.PolledCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A program in a terminal of a given size, by tmux with a server of its own: keys go in, screens come out. */
final class Tmux implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/tmux");

    private final Path socket;

    private Tmux(Path socket) {
        this.socket = socket;
    }

    static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    /** @param folder for the program and for the server's socket */
    static Tmux start(Path folder, int columns, int rows, List<String> command) throws IOException {
        Tmux tmux = new Tmux(folder.resolve("tmux.sock"));
        List<String> words = new ArrayList<>(List.of("-f", "/dev/null", "new-session", "-d", "-c", folder.toString()));
        words.addAll(List.of("-x", String.valueOf(columns), "-y", String.valueOf(rows)));
        words.addAll(List.of("/usr/bin/env", "LC_ALL=C.UTF-8", "HOME=" + folder));
        words.addAll(command);
        tmux.run(words);
        return tmux;
    }

    /** Types a text, without Enter. */
    void type(String text) throws IOException {
        run(List.of("send-keys", "-l", text));
    }

    /** Presses keys by their names: {@code Enter}, {@code C-c}. */
    void press(String... keys) throws IOException {
        List<String> words = new ArrayList<>(List.of("send-keys"));
        words.addAll(List.of(keys));
        run(words);
    }

    void resize(int columns, int rows) throws IOException {
        run(List.of("resize-window", "-x", String.valueOf(columns), "-y", String.valueOf(rows)));
    }

    /** The lines of the screen, without spaces at their ends. */
    List<String> screen() throws IOException {
        return run(List.of("capture-pane", "-p")).lines().toList();
    }

    /** The first screen that shows something. */
    List<String> await(Predicate<List<String>> which) throws Exception {
        List<List<String>> seen = new ArrayList<>();
        try {
            PolledCondition.await(
                    (millis, task) -> CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS)
                            .execute(task),
                    () -> isShown(which, seen));
        } catch (Exception | AssertionError late) {
            throw new AssertionError("the last screen:\n" + String.join("\n", screen()), late);
        }
        return seen.get(0);
    }

    private boolean isShown(Predicate<List<String>> which, List<List<String>> seen) {
        try {
            List<String> screen = screen();
            if (which.test(screen)) {
                seen.add(screen);
            }
            return !seen.isEmpty();
        } catch (IOException gone) {
            throw new AssertionError(gone);
        }
    }

    @Override
    public void close() throws IOException {
        run(List.of("kill-server"));
    }

    private String run(List<String> words) throws IOException {
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString(), "-S", socket.toString()));
        command.addAll(words);
        Process tmux = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(tmux.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
