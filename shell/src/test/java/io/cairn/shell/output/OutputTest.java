package io.cairn.shell.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.FetchEvent;
import io.cairn.app.FetchEvent.Progress;
import io.cairn.testing.PolledCondition;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OutputTest {
    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    private int columns = 80;

    @Test
    void drawsALineForEachAndLeavesTheCursorAtTheFirst() {
        Output output = output(true, false, false);
        Background film = output.background("film.mkv");
        Background photos = output.background("photos");
        film.after(progress(99, 100));
        stderr.reset();

        photos.after(new FetchEvent.Placing(3));

        assertThat(text()).startsWith("\r\u001b[J\u001b[?7lfilm.mkv ").endsWith("\u001b[?7h\r\u001b[1A");
        assertThat(text()).contains("  99%  ", "\nphotos ", "placing");
    }

    @Test
    void fitsTheLinesToTheWidthOfTheMoment() {
        Output output = output(true, false, false);
        output.background("film.mkv").after(progress(1, 3));
        columns = 40;
        stderr.reset();
        output.resized();
        String drawn = text().replace("\r\u001b[J\u001b[?7l", "").replace("\u001b[?7h\r", "");
        assertThat(drawn).hasSizeLessThan(40).contains("33%");
    }

    @Test
    void printsAboveTheLinesAndDrawsThemAgain() {
        Output output = output(true, false, false);
        output.background("film.mkv").after(progress(1, 3));
        stderr.reset();
        output.note("saved /home/ann/film.mkv");
        assertThat(text()).matches("(?s)\r\u001b\\[Jsaved /home/ann/film.mkv\n\u001b\\[\\?7lfilm.mkv .*");
    }

    @Test
    void leavesTheScreenToTheEditorOfALine() {
        List<String> above = new ArrayList<>();
        Output output = output(true, false, false);
        output.promptWith(new Editor(above));
        output.background("film.mkv").after(progress(1, 3));
        output.beginEditing();
        stderr.reset();
        output.note("a line");
        output.background("photos").after(progress(1, 3));
        output.stderr().println("a log line");
        assertThat(text()).isEmpty();
        assertThat(above).containsExactly("a line", "a log line");
        assertThat(output.liveLines(60)).hasSize(2).allMatch(line -> line.contains("33%"));

        output.endEditing();
        assertThat(text()).contains("film.mkv", "photos");
    }

    @Test
    void showsAFewOfMany() {
        Output output = output(true, false, false);
        for (int i = 0; i < 9; i++) {
            output.background("file " + i);
        }
        assertThat(output.liveLines(80)).hasSize(6).last().isEqualTo("and 4 more; fetches lists all");
    }

    @Test
    void aLogGetsALineAfterASilence() throws Exception {
        Output output = output(false, false, false);
        output.waiting("publishing", "film.mkv");
        output.refresh();
        assertThat(text()).isEmpty();
        refreshUntilSomethingIsPrinted(output);
        assertThat(text()).matches("publishing film.mkv(  \\d+\\.0s)?\n");
    }

    @Test
    void neitherQuietNorJsonGetsOne() throws Exception {
        Output quiet = output(false, true, false);
        Output json = output(false, false, true);
        Output other = output(false, false, false);
        for (Output output : List.of(quiet, json, other)) {
            output.waiting("publishing", "film.mkv");
        }
        refreshUntilSomethingIsPrinted(other);
        quiet.refresh();
        json.refresh();
        assertThat(text().lines()).hasSize(1);
        assertThat(stdout.size()).isZero();
    }

    private void refreshUntilSomethingIsPrinted(Output output) throws Exception {
        PolledCondition.await(
                (millis, task) -> CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS)
                        .execute(task),
                () -> {
                    output.refresh();
                    return !text().isEmpty();
                });
    }

    private Output output(boolean animated, boolean quiet, boolean json) {
        Streams streams =
                new Streams(InputStream.nullInputStream(), stdout, stderr, false, false, animated, () -> columns);
        return new Output(streams, new Output.Format(json, quiet, 0, Style.PLAIN, animated), failure -> {});
    }

    private String text() {
        return stderr.toString(StandardCharsets.UTF_8);
    }

    private static Progress progress(long done, long total) {
        return new Progress(done << 20, total << 20, 1, 3, 1 << 20, 2, 0);
    }

    private record Editor(List<String> above) implements EditedLine {
        @Override
        public int columns() {
            return 80;
        }

        @Override
        public boolean printAbove(String lines) {
            return above.add(lines);
        }

        @Override
        public void redraw() {}
    }
}
