package io.cairn.shell.command.code;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Codes;
import io.cairn.shell.session.BoundedInput;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.StoppedException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The text to send: as it stands on the command line, or stdin, of which at most one byte too many is read. */
final class TextInput {
    private TextInput() {}

    /** @param word the text itself; {@code -} for stdin */
    static String read(SessionSource source, String word) throws CairnException, StoppedException {
        if (!word.equals("-")) {
            return checked(word);
        }
        byte[] bytes = BoundedInput.stdin(source, "a text", Codes.TEXT_BYTES_MAX + 1, "give the text in quotes");
        if (bytes.length > Codes.TEXT_BYTES_MAX) {
            throw tooLong();
        }
        try {
            return checked(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException noText) {
            throw new CairnException(
                    Kind.USAGE, "cannot send stdin as a text", "it is not UTF-8", "send it as a file", noText);
        }
    }

    private static String checked(String text) throws CairnException {
        if (text.isEmpty()) {
            throw new CairnException(Kind.USAGE, "nothing to send", "the text is empty", "give the text in quotes");
        }
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
}
