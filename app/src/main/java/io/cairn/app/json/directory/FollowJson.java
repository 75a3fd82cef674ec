package io.cairn.app.json.directory;

import io.cairn.app.FetchOptions;
import io.cairn.app.Follows;
import io.cairn.app.Follows.FollowEvent;
import io.cairn.app.Values;
import io.cairn.app.json.ErrorJson;
import io.cairn.app.json.FetchEventJson;
import io.cairn.app.json.JsonFields;
import io.cairn.app.json.JsonObject;
import io.cairn.app.json.JsonTree;
import io.cairn.app.json.ShareJson;
import io.cairn.app.json.ShareOptionsJson;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;

/** Folders under names in JSON: watched here, followed elsewhere. */
public final class FollowJson {
    private FollowJson() {}

    /** A folder to watch: what {@link ShareOptionsJson} has, and its name. */
    public static JsonObject of(Follows.Watch watch) {
        JsonObject shared = ShareOptionsJson.of(watch.path(), watch.options());
        return new JsonObject("watch", fields -> {
            shared.fields().accept(fields);
            fields.text("name", watch.name()).bool("kept", watch.kept());
        });
    }

    /** @throws IllegalArgumentException if the name or the absolute path is missing */
    public static Follows.Watch readWatch(JsonTree json) {
        return new Follows.Watch(
                ShareOptionsJson.path(json),
                json.text("name"),
                ShareOptionsJson.read(json),
                json.boolOr("kept", false));
    }

    /** A watched folder. */
    public static JsonObject of(Follows.Watched watched) {
        return new JsonObject(
                "watched",
                fields -> fields.text("name", watched.name())
                        .text("path", watched.path())
                        .text("hash", watched.hash())
                        .bool("kept", watched.kept()));
    }

    public static Follows.Watched readWatched(JsonTree json) {
        return new Follows.Watched(
                json.path("path"), json.text("name"), json.value("hash", Key::fromHex), json.bool("kept"));
    }

    /** A version that was published, with the share in {@code shared}. */
    public static JsonObject of(Follows.Version version) {
        JsonObject shared = ShareJson.of(version.share());
        return new JsonObject("version", fields -> {
            name(fields, version.name())
                    .text("hash", version.share().share().hash())
                    .number("sequence", version.sequence())
                    .number("storedOn", version.storedOn())
                    .number("targets", version.targets())
                    .object("shared", shared.fields());
        });
    }

    /** A version as the value that names it. */
    public static JsonObject published(Follows.Version version) {
        Key hash = version.share().share().hash();
        Values.Written written = new Values.Written(
                version.name(), version.sequence(), hash.toHex().length(), version.storedOn(), version.targets());
        return ValueJson.published(written, hash);
    }

    public static Follows.Version readVersion(JsonTree json) {
        return new Follows.Version(
                readName(json),
                ShareJson.readReport(json.child("shared")),
                json.number("sequence"),
                json.integer("storedOn"),
                json.integer("targets"));
    }

    /** A name to follow. */
    public static JsonObject of(Follows.Follow follow) {
        return new JsonObject(
                "follow",
                fields -> name(fields, follow.name())
                        .text("path", follow.output().path().toAbsolutePath())
                        .bool("into", follow.output().isFolder())
                        .number("keep", follow.keep()));
    }

    /** @throws IllegalArgumentException if the name or the absolute path is missing, or too many versions are to be kept */
    public static Follows.Follow readFollow(JsonTree json) {
        return new Follows.Follow(
                readName(json),
                new FetchOptions.Output(json.path("path"), json.boolOr("into", false)),
                json.integerOr("keep", 0));
    }

    /** An event of a copy. The events of its fetches are as those of other fetches, but for their end. */
    public static JsonObject of(FollowEvent event) {
        if (event instanceof FollowEvent.Newer newer) {
            return new JsonObject(
                    "newer",
                    fields -> name(fields, newer.name())
                            .text("hash", newer.hash())
                            .number("sequence", newer.sequence()));
        } else if (event instanceof FollowEvent.Fetching fetching) {
            return FetchEventJson.of(fetching.hash(), fetching.event());
        } else if (event instanceof FollowEvent.Delayed delayed) {
            return new JsonObject(
                    "delayed",
                    fields -> name(fields, delayed.name())
                            .number("retrySeconds", delayed.retrySeconds())
                            .object("cause", ErrorJson.of(delayed.cause()).fields()));
        }
        FollowEvent.UpToDate version = (FollowEvent.UpToDate) event;
        return new JsonObject(
                "up_to_date",
                fields -> upToDate(fields, version)
                        .object(
                                "complete",
                                FetchEventJson.complete(version.complete()).fields()));
    }

    /** A version that the copy holds, as a command prints it after the end of the fetch. */
    public static JsonObject upToDate(FollowEvent.UpToDate version) {
        return new JsonObject("up_to_date", fields -> upToDate(fields, version));
    }

    /** @throws IllegalArgumentException if it is none that this version knows */
    public static FollowEvent readEvent(JsonTree json) {
        return switch (json.type()) {
            case "newer" ->
                new FollowEvent.Newer(readName(json), json.value("hash", Key::fromHex), json.number("sequence"));
            case "delayed" ->
                new FollowEvent.Delayed(
                        readName(json), ErrorJson.read(json.child("cause")), json.integer("retrySeconds"));
            case "up_to_date" -> readUpToDate(json);
            default -> new FollowEvent.Fetching(json.value("hash", Key::fromHex), FetchEventJson.read(json));
        };
    }

    public static FollowEvent.UpToDate readUpToDate(JsonTree json) {
        return new FollowEvent.UpToDate(
                readName(json), json.number("sequence"), FetchEventJson.readComplete(json.child("complete")));
    }

    private static JsonFields upToDate(JsonFields fields, FollowEvent.UpToDate version) {
        return name(fields, version.name())
                .number("sequence", version.sequence())
                .text("hash", version.hash())
                .text("path", version.complete().path().toAbsolutePath().normalize());
    }

    private static JsonFields name(JsonFields fields, Values.Name name) {
        return fields.text("publisher", name.publisher()).text("name", name.name());
    }

    private static Values.Name readName(JsonTree json) {
        return new Values.Name(json.text("name"), json.value("publisher", NodeId::fromHex));
    }
}
