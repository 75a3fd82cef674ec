package io.cairn.app;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Nodes that you gave names to, alone and in groups. A name is yours: what a node calls itself is never trusted. A contact and a group
 * never have the same name, and a node has at most one. Thread-safe. Futures fail with a {@link CairnException}.
 */
public interface Contacts {
    /** Longest name of a contact or group, in characters. */
    int NAME_CHARACTERS_MAX = 64;

    /** Most contacts of a node. */
    int CONTACTS_MAX = 1_000;

    /** Most groups of a node. */
    int GROUPS_MAX = 100;

    /** A node id as text: in either case. */
    Pattern NODE_ID = Pattern.compile("[0-9a-fA-F]{40}");

    /**
     * Gives a node a name; the same again changes nothing. Fails with kind USAGE if the name is not a valid one, or belongs to another
     * node or to a group, if the node has another name, or is this node.
     */
    CompletableFuture<Person> add(String name, NodeId node);

    /** Forgets a name, also in groups. Fails with kind USAGE if no contact has it. */
    CompletableFuture<Person> remove(String name);

    /**
     * Makes a group, or changes its members. Fails with kind USAGE if it has no member or one that is not a contact, or if a contact has
     * the group's name.
     */
    CompletableFuture<Group> setGroup(Group group);

    /** Forgets a group; its members stay contacts. Fails with kind USAGE if there is none of this name. */
    CompletableFuture<Group> removeGroup(String name);

    /** All contacts, by name. */
    List<Person> all();

    /** All groups, by name. */
    List<Group> groups();

    /**
     * The node that you mean: a contact's name, or a node id of 40 hexadecimal digits.
     *
     * @throws CairnException of kind USAGE if it is neither
     */
    NodeId resolve(String nameOrId) throws CairnException;

    /**
     * Looks which contacts answer now, where each was heard last and where the network finds its id. The events are the contacts as they
     * answer or are given up; all are told within ten seconds.
     */
    Operation<Presence, List<Presence>> presence();

    /**
     * Checks the name of a contact or group, and brings it into Unicode form NFC.
     *
     * @throws CairnException of kind USAGE if it is empty or too long, begins with anything but a letter or digit, holds anything but
     *     letters, digits and {@code . _ -}, or could be taken for a node id: eight or more hexadecimal digits
     */
    static String checked(String name) throws CairnException {
        String normal = Normalizer.normalize(name, Normalizer.Form.NFC);
        int characters = normal.codePointCount(0, normal.length());
        if (normal.isEmpty() || characters > NAME_CHARACTERS_MAX) {
            throw NameRules.wrong(name, "it has " + characters + " characters; a name has 1 to " + NAME_CHARACTERS_MAX);
        }
        if (!normal.codePoints().allMatch(NameRules::isAllowed) || !Character.isLetterOrDigit(normal.codePointAt(0))) {
            throw NameRules.wrong(name, "a name has letters, digits and . _ - and begins with a letter or digit");
        }
        if (NameRules.LIKE_AN_ID.matcher(normal).matches()) {
            throw NameRules.wrong(name, "eight or more hexadecimal digits look like a node id");
        }
        return normal;
    }

    /** What two names that a person could confuse have in common: the names in compatible form and lower case. */
    static String confusable(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    /** A node with a name. */
    record Person(String name, NodeId node, long addedMillis) {}

    /**
     * Contacts under one name.
     *
     * @param members names of contacts
     */
    record Group(String name, List<String> members) {
        public Group {
            members = List.copyOf(members);
        }
    }

    /**
     * Whether a contact answers.
     *
     * @param at where it answered just now, signed with the key of its id; null unless it did
     */
    record Presence(Person person, Reach reach, @Nullable Endpoint at) {
        public Presence {
            if ((reach == Reach.REACHABLE) != (at != null)) {
                throw new IllegalArgumentException("a contact has an address exactly if it answered");
            }
        }
    }

    /** What is known of a contact after it was looked for. Text and JSON output have the name in lower case. */
    enum Reach {
        /** It answered just now. */
        REACHABLE,
        /** It answers neither where it was heard last nor where the network finds its id. */
        SILENT,
        /** The time was over before all was tried. */
        UNKNOWN;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The rules of names. */
    final class NameRules {
        private static final Pattern LIKE_AN_ID = Pattern.compile("[0-9a-fA-F]{8,}");

        private NameRules() {}

        private static boolean isAllowed(int point) {
            return switch (Character.getType(point)) {
                case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> !isInvisible(point);
                default ->
                    Character.isLetterOrDigit(point) && !isInvisible(point)
                            || point == '.'
                            || point == '_'
                            || point == '-';
            };
        }

        /** Letters and marks that show nothing (Unicode: Default_Ignorable_Code_Point): two names would look the same. */
        private static boolean isInvisible(int point) {
            return point == 0x34F
                    || point == 0x115F
                    || point == 0x1160
                    || point == 0x17B4
                    || point == 0x17B5
                    || point >= 0x180B && point <= 0x180F
                    || point == 0x3164
                    || point >= 0xFE00 && point <= 0xFE0F
                    || point == 0xFFA0
                    || point >= 0xE0000 && point <= 0xE0FFF;
        }

        private static CairnException wrong(String name, String why) {
            return new CairnException(
                    CairnException.Kind.USAGE,
                    "not a name for a contact or group: " + name,
                    why,
                    "choose another name, such as ann or lab-2");
        }
    }
}
