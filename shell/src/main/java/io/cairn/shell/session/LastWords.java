package io.cairn.shell.session;

import java.util.List;
import java.util.Optional;

/**
 * What a process of this program said before it ended, as far as it is known.
 *
 * @param why its last error message, or the last line if there is no such message; empty if there is no line
 * @param next the advice in that message
 */
public record LastWords(Optional<String> why, Optional<String> next) {
    public static LastWords in(List<String> lines) {
        Optional<String> error = last("error:", lines);
        if (error.isEmpty()) {
            return new LastWords(
                    lines.stream().filter(line -> !line.isBlank()).reduce((before, line) -> line), Optional.empty());
        }
        String why = last("why:", lines).map(reason -> ": " + reason).orElse("");
        return new LastWords(error.map(what -> what + why), last("next:", lines));
    }

    private static Optional<String> last(String label, List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith(label))
                .reduce((before, line) -> line)
                .map(line -> line.substring(label.length()).strip());
    }
}
