package io.cairn.shell;

import io.cairn.app.CairnException;
import io.cairn.shell.output.Streams;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.StoppedException;
import io.cairn.shell.session.Stops;
import java.io.IOException;
import java.io.InputStream;
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
                        streams.err().write(question.getBytes(StandardCharsets.UTF_8));
                        streams.err().flush();
                        answer.complete(line(streams.in()));
                    } catch (IOException failure) {
                        answer.complete("");
                    }
                },
                "question");
        reader.setDaemon(true);
        reader.start();
        return stops.await(answer);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (line.length() < ANSWER_BYTES_MAX) {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
