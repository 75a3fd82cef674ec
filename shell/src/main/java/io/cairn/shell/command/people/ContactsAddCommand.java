package io.cairn.shell.command.people;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Contacts;
import io.cairn.app.Contacts.Person;
import io.cairn.app.json.people.ContactJson;
import io.cairn.app.people.ContactCard;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Plain;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.StoppedException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Gives a node a name. */
@Command(
        name = "add",
        description = "Give a node a name of your own; prints NAME  NODE.",
        footer = {
            "",
            "Example: cairn contacts add ann 5f1c0d4be3a1c22ab4e0a0a2a1c3b7d9e8f6e09a",
            "The other machine prints its id with id, and a card with id --card. A card also",
            "has its addresses, and is checked: it cannot arrive changed unnoticed."
        })
final class ContactsAddCommand implements Callable<Integer> {
    /** How long the addresses of a card are tried. */
    private static final long GREETING_MILLIS = 2_000;

    private final SessionSource source;

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "The name: letters, digits and . _ - only; at most 64 characters.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "NODE", description = "Its id of 40 digits, or its card.")
    private String node = "";

    ContactsAddCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException, StoppedException {
        String checked = Contacts.checked(name);
        Optional<ContactCard> card =
                ContactCard.looksLikeOne(node) ? Optional.of(ContactCard.parse(node)) : Optional.empty();
        NodeId id = card.isPresent() ? card.get().node() : id(node);
        try (Session session = source.open()) {
            Person added = session.await(session.node().contacts().add(checked, id));
            Output output = session.output();
            output.data(Plain.line(added.name()) + "  " + added.node());
            output.json(ContactJson.of(added));
            if (card.isPresent() && !card.get().addresses().isEmpty()) {
                greet(session, card.get());
            }
            return 0;
        }
    }

    /** Makes its node known to this one, if it is there: the network may not have it yet. */
    private void greet(Session session, ContactCard card) throws CairnException, StoppedException {
        CompletableFuture<Optional<Endpoint>> answered = new CompletableFuture<>();
        CompletableFuture<?>[] greetings = card.addresses().stream()
                .map(address -> session.node().connect(address.toString()).thenAccept(contact -> {
                    if (contact.id().equals(card.node())) {
                        answered.complete(Optional.of(contact.endpoint()));
                    }
                }))
                .toArray(CompletableFuture[]::new);
        CompletableFuture<?> unused =
                CompletableFuture.allOf(greetings).whenComplete((all, failure) -> answered.complete(Optional.empty()));
        Optional<Endpoint> at = session.await(
                "contacts",
                "greeting it at the addresses of the card",
                answered.completeOnTimeout(Optional.empty(), GREETING_MILLIS, TimeUnit.MILLISECONDS));
        session.output()
                .note(
                        at.isPresent()
                                ? "it answers at " + at.get()
                                : "it does not answer at the addresses of the card now");
    }

    private static NodeId id(String text) throws CairnException {
        if (!Contacts.NODE_ID.matcher(text).matches()) {
            throw new CairnException(
                    Kind.USAGE,
                    "not a node: " + text,
                    "a node id has 40 hexadecimal digits, and a card begins with " + ContactCard.SCHEME,
                    "copy what id or id --card prints on that machine");
        }
        return NodeId.fromHex(text);
    }
}
