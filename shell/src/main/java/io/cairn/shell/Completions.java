package io.cairn.shell;

import io.cairn.app.Fetch;
import io.cairn.app.Node;
import io.cairn.shell.interactive.Suggestions;
import io.cairn.shell.output.Plain;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;

/** Completes a line: verbs, options, files, and the hashes and names of this node's shares and fetches. */
final class Completions implements Suggestions {
    private static final Set<String> OF_SHARES = Set.of("unshare", "export", "verify", "find");
    private static final Set<String> OF_FETCHES =
            Set.of("fetch", "find", "pause", "resume", "cancel", "export", "verify");
    private static final List<String> FETCH_OPTIONS =
            List.of("--keep-sharing", "--only", "--output", "--overwrite", "--rename", "--sequential");
    private static final Set<String> FETCH_OPTIONS_WITH_VALUE = Set.of("-o", "--output", "--only");

    private final Node node;
    private final SortedSet<String> verbs;

    Completions(Node node, SortedSet<String> verbs) {
        this.node = node;
        this.verbs = verbs;
    }

    @Override
    public List<Suggestion> words(List<String> before) {
        List<Suggestion> found = new ArrayList<>();
        if (before.isEmpty() || (before.size() == 1 && before.get(0).equals("help"))) {
            verbs.forEach(verb -> found.add(new Suggestion(verb, "")));
            return found;
        }
        String verb = before.get(0);
        fixed(before).forEach(word -> found.add(new Suggestion(word, "")));
        boolean verifying = verb.equals("verify");
        if (verifying ? before.size() != 2 : before.size() != 1) {
            return found;
        }
        if (OF_SHARES.contains(verb)) {
            for (Node.Share share : node.shares()) {
                found.add(new Suggestion(share.hash().toHex(), Plain.line(share.name())));
                found.add(new Suggestion(share.name(), "share"));
            }
        }
        if (OF_FETCHES.contains(verb)) {
            for (Fetch fetch : node.fetches()) {
                String name = fetch.status().name();
                found.add(new Suggestion(fetch.hash().toHex(), Plain.line(name)));
                if (!name.isEmpty()) {
                    found.add(new Suggestion(name, "fetch"));
                }
            }
        }
        return found;
    }

    /** Words that do not depend on this node's content. */
    private static List<String> fixed(List<String> before) {
        String last = before.get(before.size() - 1);
        return switch (before.get(0)) {
            case "limit" ->
                before.size() == 1
                        ? List.of("up", "down", "lan")
                        : switch (last) {
                            case "up", "down" -> List.of("off");
                            case "lan" -> List.of("on", "off");
                            default ->
                                before.size() == 3 && !before.get(1).equals("lan") ? List.of("--per-peer") : List.of();
                        };
            case "fetch" ->
                before.size() < 2 || FETCH_OPTIONS_WITH_VALUE.contains(last)
                        ? List.of()
                        : FETCH_OPTIONS.stream()
                                .filter(option -> option.equals("--only") || !before.contains(option))
                                .toList();
            default -> List.of();
        };
    }

    @Override
    public boolean wantsFile(List<String> before) {
        if (before.isEmpty()) {
            return false;
        }
        String last = before.get(before.size() - 1);
        return switch (before.get(0)) {
            case "share" -> true;
            case "verify" -> before.size() == 1;
            case "export" -> before.size() == 2;
            case "fetch" -> last.equals("-o") || last.equals("--output");
            default -> false;
        };
    }
}
