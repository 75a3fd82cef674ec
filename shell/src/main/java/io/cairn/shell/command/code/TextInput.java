package io.cairn.shell.command.code;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Codes;
import io.cairn.app.work.Reasons;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.StoppedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** The text to send: as it stands on the command line, or stdin, of which at most one byte too many is read. */
final class TextInput {
    private TextInput() {}

    /** @param word the text itself; {@code -} for stdin */
    static String read(SessionSource source, String word) throws CairnException, StoppedException {
        if (!word.equals("-")) {
            return checked(word);
        }
        InputStream input = source.input()
                .orElseThrow(() -> new CairnException(
                        Kind.USAGE,
                        "a text is missing",
                        "the shell reads its lines from stdin, so a text cannot come from there",
                        "give the text in quotes"));
        byte[] bytes = read(source, input);
        if (bytes.length > Codes.TEXT_BYTES_MAX) {
            throw tooLong();
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException noText) {
            throw new CairnException(
                    Kind.USAGE, "cannot send stdin as a text", "it is not UTF-8", "send it as a file", noText);
        }
    }

    private static String checked(String text) throws CairnException {
        if (text.getBytes(StandardCharsets.UTF_8).length > Codes.TEXT_BYTES_MAX) {
            throw tooLong();
        }
        return text;
    }

    private static CairnException tooLong() {
        return new CairnException(
                Kind.USAGE,
                "the text is too long",
                "it has more than " + Codes.TEXT_BYTES_MAX + " bytes",
                "send it as a file");
    }

    /** Reads on a thread of its own, so that Ctrl-C can end the wait. */
    private static byte[] read(SessionSource source, InputStream input) throws CairnException, StoppedException {
        CompletableFuture<byte[]> done = new CompletableFuture<>();
        Thread reader = new Thread(
                () -> {
                    try {
                        done.complete(input.readNBytes(Codes.TEXT_BYTES_MAX + 1));
                    } catch (IOException failure) {
                        done.completeExceptionally(new CairnException(
                                Reasons.kind(failure),
                                "cannot read stdin",
                                Reasons.of(failure),
                                "check it; nothing has been sent"));
                    } catch (RuntimeException fault) {
                        done.completeExceptionally(fault);
                    }
                },
                "text-input");
        reader.setDaemon(true);
        reader.start();
        return source.stops().await(done);
    }
}
