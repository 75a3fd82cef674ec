package io.cairn.shell.command.code;

import io.cairn.app.Codes.Person;
import io.cairn.shell.output.Plain;

/** The other side as text: your name for it, or what it claims, marked as that. */
final class PersonText {
    private PersonText() {}

    /** Your name for it, or its node. */
    static String name(Person person) {
        String who = person.who();
        return who == null ? "node " + person.node().toShortString() : Plain.line(who);
    }

    /** {@code ann}; or {@code node 5f1c…e09a, which calls itself "ann@laptop"}. */
    static String text(Person person) {
        String who = person.who();
        String node = "node " + person.node().toShortString();
        if (who != null) {
            return Plain.line(who) + " (" + node + ")";
        }
        return person.claims().isEmpty() ? node : node + ", which calls itself \"" + Plain.line(person.claims()) + "\"";
    }
}
