package io.cairn.shell;

import io.cairn.app.CairnException;
import io.cairn.shell.output.Streams;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.StoppedException;
import io.cairn.shell.session.Stops;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** Asks on the terminal, outside the shell. Reads on a thread of its own, since a signal cannot interrupt a read. */
record TerminalQuestion(Streams streams, Stops stops) implements SessionSource.Asking {
    private static final int ANSWER_BYTES_MAX = 64;

    @Override
    public String answer(String question) throws CairnException, StoppedException {
        streams.console().showAnswer();
        CompletableFuture<String> answer = new CompletableFuture<>();
        Thread reader = new Thread(
                () -> {
                    try {
                        write(question);
                        answer.complete(line());
                    } catch (IOException failure) {
                        answer.complete("");
                    }
                },
                "question");
        reader.setDaemon(true);
        reader.start();
        return stops.await(answer);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = streams.in().read();
        while (next >= 0 && next != '\n') {
            if (line.size() < ANSWER_BYTES_MAX) {
                line.write(next);
            }
            next = streams.in().read();
        }
        if (next < 0) { // the terminal did not show the end of a line
            write("\n");
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private void write(String text) throws IOException {
        streams.err().write(text.getBytes(StandardCharsets.UTF_8));
        streams.err().flush();
    }
}
