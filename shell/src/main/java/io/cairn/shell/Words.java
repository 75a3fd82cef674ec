package io.cairn.shell;

import io.cairn.app.CairnException;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a line into words as a POSIX shell does: single and double quotes, backslash, and {@code $'...'} with its escapes; no expansion.
 */
final class Words {
    private Words() {}

    /** @throws CairnException of kind USAGE if a quote is not closed */
    static List<String> of(String line) throws CairnException {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote == 0 && line.startsWith("$'", i)) {
                EscapedQuote escaped = EscapedQuote.read(line, i + 2);
                word.append(escaped.text());
                inWord = true;
                i = escaped.end();
                quote = i == line.length() ? '\'' : 0;
            } else if (quote == '\'' && c != '\'') {
                word.append(c);
            } else if (c == '\\' && i + 1 < line.length() && (quote == 0 || "\"\\".indexOf(line.charAt(i + 1)) >= 0)) {
                word.append(line.charAt(++i));
                inWord = true;
            } else if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                inWord = true;
            } else if (Character.isWhitespace(c)) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                }
                inWord = false;
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (quote != 0) {
            throw new CairnException(
                    CairnException.Kind.USAGE,
                    "cannot read the line",
                    "a quote " + quote + " is not closed",
                    "close it, or write \\" + quote + " for the character itself");
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }
}
