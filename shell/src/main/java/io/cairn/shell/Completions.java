package io.cairn.shell;

import io.cairn.app.Catalogue;
import io.cairn.app.Fetch;
import io.cairn.app.Node;
import io.cairn.app.codes.CodeWords;
import io.cairn.app.work.TargetResolver;
import io.cairn.shell.interactive.Suggestions;
import io.cairn.shell.output.Plain;
import io.cairn.shell.session.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Completes a line: verbs, their options, files, peers, and the hashes and names of this node's shares and fetches; each once. */
final class Completions implements Suggestions {
    private static final Set<String> OF_SHARES = Set.of("unshare", "export", "verify", "find", "publish");
    private static final Set<String> OF_FETCHES =
            Set.of("fetch", "find", "pause", "resume", "cancel", "export", "verify", "why");
    private static final Set<String> OF_SEVERAL = Set.of("pause", "resume", "cancel");
    /** Values of options that are a contact. */
    private static final Set<String> PEOPLE = Set.of("PUBLISHER");

    private static final Set<String> FILES = Set.of("PATH", "FILE", "DIR");

    private final Node node;
    private final CommandLine commands;

    /** @param commands the verbs of the shell */
    Completions(Node node, CommandLine commands) {
        this.node = node;
        this.commands = commands;
    }

    @Override
    public List<Suggestion> words(List<String> before) {
        Map<String, String> found = new LinkedHashMap<>();
        if (before.isEmpty() || before.size() == 1 && before.get(0).equals("help")) {
            new TreeSet<>(commands.getSubcommands().keySet()).forEach(verb -> found.put(verb, ""));
        } else if (PEOPLE.contains(labelOfValue(before))) {
            people(found);
        } else if (valueOf(before) == null) {
            String verb = before.get(0);
            List<String> arguments = arguments(before);
            things(verb, arguments, found);
            if (verb.equals("contacts")) {
                contacts(arguments, found);
            }
            limits(verb, arguments).forEach(word -> found.put(word, ""));
            options(before).forEach(option -> found.putIfAbsent(option.longestName(), about(option)));
        }
        List<Suggestion> suggestions = new ArrayList<>();
        found.forEach((word, about) -> suggestions.add(new Suggestion(word, about)));
        return suggestions;
    }

    @Override
    public List<Suggestion> words(List<String> before, String typed) {
        List<Suggestion> suggestions = new ArrayList<>(words(before));
        if (!before.isEmpty()
                && before.get(0).equals("receive")
                && arguments(before).isEmpty()) {
            CodeWords.completing(typed).forEach(code -> suggestions.add(new Suggestion(code, "")));
        }
        return suggestions;
    }

    /** Hashes, names, ids and addresses of what this node knows. */
    private void things(String verb, List<String> arguments, Map<String, String> found) {
        int place = verb.equals("verify") || verb.equals("publish") ? 1 : 0;
        if (arguments.size() != place && !OF_SEVERAL.contains(verb)) {
            return;
        }
        if (OF_SHARES.contains(verb)) {
            for (Node.Share share : node.shares()) {
                found.putIfAbsent(share.hash().toHex(), Plain.line(share.name()));
                found.putIfAbsent(share.name(), "share");
            }
        }
        if (OF_FETCHES.contains(verb)) {
            for (Fetch fetch : node.fetches()) {
                String name = fetch.status().name();
                found.putIfAbsent(fetch.hash().toHex(), Plain.line(name));
                if (!name.isEmpty()) {
                    found.putIfAbsent(name, "fetch");
                }
            }
        }
        if (verb.equals("fetch") || verb.equals("browse")) {
            listed(verb, found);
        }
        if (verb.equals("withdraw")) {
            node.services()
                    .announced()
                    .forEach(one -> found.putIfAbsent(
                            one.service().id(), Plain.line(one.service().endpoint())));
        }
        if (verb.equals("connect")) {
            Names names = Names.of(node);
            node.peers().forEach(peer -> found.putIfAbsent(peer.endpoint().toString(), names.shown(peer.node())));
        }
    }

    private void people(Map<String, String> found) {
        node.contacts()
                .all()
                .forEach(
                        person -> found.putIfAbsent(person.name(), person.node().toShortString()));
    }

    private void groups(Map<String, String> found) {
        node.contacts().groups().forEach(group -> found.putIfAbsent(group.name(), "group"));
    }

    /** The verbs of contacts, and what they take. */
    private void contacts(List<String> arguments, Map<String, String> found) {
        String verb = arguments.isEmpty() ? "" : arguments.get(0);
        if (arguments.isEmpty()) {
            found.put("add", "");
            found.put("remove", "");
            found.put("group", "");
        } else if (verb.equals("remove") && arguments.size() == 1 || verb.equals("group") && arguments.size() > 1) {
            people(found);
        } else if (verb.equals("group")) {
            groups(found);
        } else if (verb.equals("add") && arguments.size() == 2) {
            Names names = Names.of(node);
            node.peers().stream()
                    .filter(peer -> names.of(peer.node()) == null)
                    .forEach(peer -> found.putIfAbsent(
                            peer.node().toHex(), peer.endpoint().toString()));
        }
    }

    /** What browsing found: hashes and names to fetch, and the nodes that list something. */
    private void listed(String verb, Map<String, String> found) {
        for (Catalogue.Listing listing : node.catalogue().known()) {
            String who = listing.who();
            if (verb.equals("browse")) {
                found.putIfAbsent(
                        who == null ? listing.from().toHex() : who,
                        listing.from().toShortString());
            } else {
                found.putIfAbsent(listing.hash().toHex(), Plain.line(listing.name()));
                if (canBeTyped(listing.name())) {
                    found.putIfAbsent(
                            listing.name(), who == null ? listing.from().toShortString() : who);
                }
            }
        }
    }

    /** Whether a name that a stranger chose is harmless on the terminal, and means itself as a word of a line. */
    private static boolean canBeTyped(String name) {
        return Plain.line(name).equals(name) && !name.startsWith("-") && !TargetResolver.isWhole(name);
    }

    private static List<String> limits(String verb, List<String> arguments) {
        if (!verb.equals("limit") || arguments.size() > 1) {
            return List.of();
        }
        if (arguments.isEmpty()) {
            return List.of("up", "down", "lan");
        }
        return arguments.get(0).equals("lan") ? List.of("on", "off") : List.of("off");
    }

    /** The options of a verb that may still be given; none after {@code lan}, which takes none. */
    private List<OptionSpec> options(List<String> before) {
        CommandLine verb = commands.getSubcommands().get(before.get(0));
        if (verb == null || before.get(0).equals("limit") && before.contains("lan")) {
            return List.of();
        }
        return verb.getCommandSpec().options().stream()
                .filter(option -> !option.hidden() && !option.usageHelp())
                .filter(option -> option.isMultiValue() || !isGiven(option, before))
                .toList();
    }

    private static boolean isGiven(OptionSpec option, List<String> before) {
        return List.of(option.names()).stream().anyMatch(before::contains);
    }

    private static String about(OptionSpec option) {
        String[] description = option.description();
        return description.length == 0 ? "" : description[0].split("[.:;]", 2)[0];
    }

    /** The words after the verb that are neither options nor their values. */
    private List<String> arguments(List<String> before) {
        List<String> arguments = new ArrayList<>();
        for (int i = 1; i < before.size(); i++) {
            if (!before.get(i).startsWith("-") && valueOf(before.subList(0, i)) == null) {
                arguments.add(before.get(i));
            }
        }
        return arguments;
    }

    /** The option whose value comes next; null if none does. */
    private @Nullable OptionSpec valueOf(List<String> before) {
        CommandLine verb = before.size() < 2 ? null : commands.getSubcommands().get(before.get(0));
        OptionSpec option = verb == null ? null : verb.getCommandSpec().findOption(before.get(before.size() - 1));
        return option == null || option.arity().max() == 0 ? null : option;
    }

    private String labelOfValue(List<String> before) {
        OptionSpec option = valueOf(before);
        return option == null ? "" : option.paramLabel();
    }

    @Override
    public boolean wantsFile(List<String> before) {
        if (before.isEmpty()) {
            return false;
        }
        OptionSpec option = valueOf(before);
        if (option != null) {
            return FILES.contains(option.paramLabel());
        }
        return switch (before.get(0)) {
            case "share", "send" -> true;
            case "verify" -> arguments(before).isEmpty();
            case "export" -> arguments(before).size() == 1;
            default -> false;
        };
    }
}
