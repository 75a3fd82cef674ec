package io.cairn.app.json.directory;

import io.cairn.app.Services;
import io.cairn.app.Services.Announced;
import io.cairn.app.Services.Announcement;
import io.cairn.app.Services.Event;
import io.cairn.app.json.JsonFields;
import io.cairn.app.json.JsonObject;
import io.cairn.app.json.JsonTree;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.service.DiscoveryReport;
import io.cairn.dht.service.FoundService;
import io.cairn.dht.wire.Service;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Services in JSON: to announce, announced, found, and gone. */
public final class ServiceJson {
    private ServiceJson() {}

    /** A service to announce. */
    public static JsonObject of(Announcement announcement) {
        return new JsonObject(
                "announcement",
                fields -> service(fields, announcement.service())
                        .number("ttlSeconds", announcement.ttlSeconds())
                        .bool("kept", announcement.kept()));
    }

    /**
     * Reads an announcement. Without {@code ttlSeconds} and {@code kept}, it lives for ten minutes and is not kept.
     *
     * @throws IllegalArgumentException if a field is missing or too long
     */
    public static Announcement readAnnouncement(JsonTree json) {
        return new Announcement(
                readService(json), json.integerOr("ttlSeconds", Services.TTL_SECONDS), json.boolOr("kept", false));
    }

    /** A service of this node. */
    public static JsonObject of(Announced announced) {
        return of("announced", announced);
    }

    /** A service that this node no longer announces. */
    public static JsonObject withdrawn(Announced announced) {
        return of("withdrawn", announced);
    }

    private static JsonObject of(String type, Announced announced) {
        return new JsonObject(
                type,
                fields -> service(fields.text("publisher", announced.publisher()), announced.service())
                        .number("ttlSeconds", announced.ttlSeconds())
                        .bool("kept", announced.kept())
                        .number("storedOn", announced.storedOn())
                        .number("targets", announced.targets()));
    }

    public static Announced readAnnounced(JsonTree json) {
        return new Announced(
                json.value("publisher", NodeId::fromHex),
                readService(json),
                json.integer("ttlSeconds"),
                json.bool("kept"),
                json.integer("storedOn"),
                json.integer("targets"));
    }

    /** What a search tells. */
    public static JsonObject of(Event event) {
        if (event instanceof Event.Gone gone) {
            return new JsonObject(
                    "service_gone",
                    fields -> fields.text("publisher", gone.publisher())
                            .text("id", gone.id())
                            .text("reason", gone.end().text()));
        }
        FoundService found = ((Event.Found) event).found();
        return new JsonObject(
                "service",
                fields -> service(fields.text("publisher", found.publisher()), found.service())
                        .number("sequence", found.sequence())
                        .text("expiresAt", Instant.ofEpochMilli(found.expiryMillis()))
                        .texts("heardAt", found.heardAt()));
    }

    /** Whether a line is one that {@link #of(Event)} wrote. */
    public static boolean isEvent(JsonTree json) {
        return json.type().equals("service") || json.type().equals("service_gone");
    }

    public static Event readEvent(JsonTree json) {
        NodeId publisher = json.value("publisher", NodeId::fromHex);
        if (json.type().equals("service_gone")) {
            return new Event.Gone(publisher, json.text("id"), json.constant("reason", Services.End.class));
        }
        return new Event.Found(new FoundService(
                readService(json),
                publisher,
                json.number("sequence"),
                json.value("expiresAt", ServiceJson::millis),
                json.endpoints("heardAt")));
    }

    /** The result of a search. */
    public static JsonObject of(DiscoveryReport report) {
        return new JsonObject(
                "discovered",
                fields -> fields.number("services", report.services())
                        .number("lookups", report.lookups())
                        .number("asked", report.asked())
                        .number("answered", report.answered())
                        .bool("complete", report.isComplete())
                        .number("millis", report.millis()));
    }

    public static DiscoveryReport readReport(JsonTree json) {
        return new DiscoveryReport(
                json.integer("services"),
                json.integer("lookups"),
                json.integer("asked"),
                json.integer("answered"),
                json.bool("complete"),
                json.number("millis"));
    }

    private static JsonFields service(JsonFields fields, Service service) {
        return fields.text("id", service.id())
                .texts("capabilities", service.capabilities())
                .text("endpoint", service.endpoint())
                .object("metadata", object -> service.metadata().forEach(object::text));
    }

    private static Service readService(JsonTree json) {
        Map<String, String> metadata = new LinkedHashMap<>();
        if (json.has("metadata")) {
            json.child("metadata").scalars().forEach((key, value) -> metadata.put(key, value.toString()));
        }
        return new Service(json.text("id"), json.texts("capabilities"), json.text("endpoint"), metadata);
    }

    private static long millis(String time) {
        try {
            return Instant.parse(time).toEpochMilli();
        } catch (DateTimeParseException invalid) {
            throw new IllegalArgumentException("the field expiresAt is not a time", invalid);
        }
    }
}
