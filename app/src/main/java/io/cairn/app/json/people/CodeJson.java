package io.cairn.app.json.people;

import io.cairn.app.Codes;
import io.cairn.app.Codes.CodeStatistics;
import io.cairn.app.Codes.Item;
import io.cairn.app.Codes.Met;
import io.cairn.app.Codes.Person;
import io.cairn.app.Codes.Recipient;
import io.cairn.app.Codes.Send;
import io.cairn.app.Codes.SendEvent;
import io.cairn.app.Codes.Sent;
import io.cairn.app.Codes.Settlement;
import io.cairn.app.Codes.Stand;
import io.cairn.app.Node.HashProgress;
import io.cairn.app.json.FetchTargetJson;
import io.cairn.app.json.JsonFields;
import io.cairn.app.json.JsonObject;
import io.cairn.app.json.JsonTree;
import io.cairn.app.json.ShareJson;
import io.cairn.app.json.ShareOptionsJson;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.content.ShareOptions;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sending and receiving under a code in JSON. */
public final class CodeJson {
    private CodeJson() {}

    /** What to send. The paths become absolute. */
    public static JsonObject of(Send send) {
        return new JsonObject("send", fields -> {
            fields.texts(
                    "paths", send.paths().stream().map(Path::toAbsolutePath).toList());
            fields.object("options", options -> ShareOptionsJson.write(options, send.options()));
            text(fields, "text", send.text());
            fields.number("seconds", send.seconds()).number("times", send.times());
            if (!send.to().isEmpty()) {
                fields.texts("receivers", send.to());
            }
        });
    }

    /** @throws IllegalArgumentException if there are neither paths nor a text, or something is out of range */
    public static Send readSend(JsonTree json) {
        List<Path> paths = json.has("paths") ? json.values("paths", CodeJson::absolute) : List.of();
        List<String> to = json.has("receivers") ? json.values("receivers", name -> name) : List.of();
        return new Send(
                paths,
                json.has("options") ? ShareOptionsJson.read(json.child("options")) : ShareOptions.DEFAULT,
                textOf(json, "text"),
                json.integerOr("seconds", to.isEmpty() ? Codes.FOR_SECONDS : Codes.TO_SECONDS),
                json.integerOr("times", 1),
                to);
    }

    /** What happens while something is sent. */
    public static JsonObject of(SendEvent event) {
        if (event instanceof SendEvent.Hashing hashing) {
            return ShareJson.of(hashing.progress());
        } else if (event instanceof SendEvent.Ready ready) {
            return new JsonObject(
                    "code",
                    fields -> fields.text("code", ready.code())
                            .text("expiresAt", Instant.ofEpochMilli(ready.expiresMillis())));
        } else if (event instanceof SendEvent.WrongTry wrong) {
            return new JsonObject("wrong_try", fields -> fields.number("left", wrong.left()));
        } else if (event instanceof SendEvent.Changed changed) {
            return new JsonObject("recipient", fields -> recipient(fields, changed.recipient()));
        }
        Person receiver = ((SendEvent.Taken) event).receiver();
        return new JsonObject("taken", fields -> fields.object("receiver", of -> person(of, receiver)));
    }

    /** Whether a line is one that {@link #of(SendEvent)} wrote. */
    public static boolean isEvent(JsonTree json) {
        return switch (json.type()) {
            case "hashing", "code", "wrong_try", "taken", "recipient" -> true;
            default -> false;
        };
    }

    /** @throws IllegalArgumentException if it is none */
    public static SendEvent readEvent(JsonTree json) {
        return switch (json.type()) {
            case "hashing" -> {
                HashProgress progress = ShareJson.readProgress(json);
                yield new SendEvent.Hashing(progress);
            }
            case "code" -> new SendEvent.Ready(json.text("code"), json.value("expiresAt", CodeJson::millis));
            case "wrong_try" -> new SendEvent.WrongTry(json.integer("left"));
            case "taken" -> new SendEvent.Taken(readPerson(json.child("receiver")));
            case "recipient" -> new SendEvent.Changed(readRecipient(json));
            default -> throw new IllegalArgumentException("nothing that happens while something is sent");
        };
    }

    /** How sending ended. */
    public static JsonObject of(Sent sent) {
        return new JsonObject(
                "sent",
                fields -> fields.constant("end", sent.end())
                        .objects("receivers", sent.receivers(), CodeJson::person)
                        .objects("lacking", sent.lacking(), CodeJson::recipient));
    }

    public static Sent readSent(JsonTree json) {
        return new Sent(
                json.constant("end", Codes.End.class),
                json.objects("receivers").stream().map(CodeJson::readPerson).toList(),
                json.objects("lacking").stream().map(CodeJson::readRecipient).toList());
    }

    /** What a sender offers. */
    public static JsonObject of(Met met) {
        return new JsonObject("met", fields -> {
            fields.text("ticket", met.ticket())
                    .object("sender", of -> person(of, met.sender()))
                    .objects("items", met.items(), CodeJson::item);
            text(fields, "text", met.text());
        });
    }

    public static Met readMet(JsonTree json) {
        return new Met(
                json.text("ticket"),
                readPerson(json.child("sender")),
                json.objects("items").stream().map(CodeJson::readItem).toList(),
                textOf(json, "text"));
    }

    /** The request to use a code. */
    public static JsonObject meet(String code) {
        return new JsonObject("meet", fields -> fields.text("code", code));
    }

    public static String readCode(JsonTree json) {
        return json.text("code");
    }

    /** What is done with what a sender offers. */
    public static JsonObject settled(String ticket, Settlement settlement) {
        return new JsonObject("settled", fields -> fields.text("ticket", ticket).constant("settlement", settlement));
    }

    public static String readTicket(JsonTree json) {
        return json.text("ticket");
    }

    public static Settlement readSettlement(JsonTree json) {
        return json.constant("settlement", Settlement.class);
    }

    public static JsonObject of(CodeStatistics statistics) {
        return new JsonObject(
                "codes",
                fields -> fields.number("open", statistics.open())
                        .number("made", statistics.made())
                        .number("used", statistics.used())
                        .number("wrongTries", statistics.wrongTries())
                        .number("met", statistics.met())
                        .number("gifts", statistics.gifts()));
    }

    public static CodeStatistics readStatistics(JsonTree json) {
        return new CodeStatistics(
                json.integer("open"),
                json.number("made"),
                json.number("used"),
                json.number("wrongTries"),
                json.number("met"),
                json.number("gifts"));
    }

    private static void item(JsonFields fields, Item item) {
        FetchTargetJson.of(item.target()).fields().accept(fields);
        fields.number("files", item.files());
    }

    private static Item readItem(JsonTree json) {
        return new Item(FetchTargetJson.read(json), json.integer("files"));
    }

    private static void recipient(JsonFields fields, Recipient recipient) {
        fields.object("receiver", of -> person(of, recipient.person())).constant("state", recipient.stand());
    }

    private static Recipient readRecipient(JsonTree json) {
        return new Recipient(readPerson(json.child("receiver")), json.constant("state", Stand.class));
    }

    private static void person(JsonFields fields, Person person) {
        fields.text("node", person.node());
        text(fields, "who", person.who());
        fields.text("claims", person.claims()).text("phrase", person.phrase());
    }

    private static Person readPerson(JsonTree json) {
        return new Person(
                json.value("node", NodeId::fromHex), textOf(json, "who"), json.text("claims"), json.text("phrase"));
    }

    private static void text(JsonFields fields, String name, @Nullable String text) {
        if (text != null) {
            fields.text(name, text);
        }
    }

    private static @Nullable String textOf(JsonTree json, String name) {
        return json.has(name) ? json.text(name) : null;
    }

    private static Path absolute(String text) {
        Path path = Path.of(text);
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException("the path " + text + " is not absolute");
        }
        return path;
    }

    private static long millis(String time) {
        try {
            return Instant.parse(time).toEpochMilli();
        } catch (DateTimeException invalid) {
            throw new IllegalArgumentException("the field expiresAt is not a time", invalid);
        }
    }
}
