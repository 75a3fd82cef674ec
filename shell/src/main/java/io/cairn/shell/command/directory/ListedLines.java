package io.cairn.shell.command.directory;

import io.cairn.app.Catalogue.Heard;
import io.cairn.app.Catalogue.Listing;
import io.cairn.app.json.people.ListingJson;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Plain;
import io.cairn.shell.output.Sizes;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Prints entries of catalogues as they arrive, each once: browsing that begins again hears them all again. Others chose the names. */
final class ListedLines {
    /** Digits of a hash that a person reads and types. */
    private static final int HASH_DIGITS = 10;

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withZone(ZoneId.systemDefault());

    /** The latest time that has four digits for its year, in milliseconds. */
    private static final long TIME_MAX = 253_402_300_799_999L;

    private final Output output;
    private final Set<Entry> shown = new HashSet<>();

    ListedLines(Output output) {
        this.output = output;
    }

    private record Entry(NodeId from, Key hash) {}

    /** Called by one thread after another, in the order of the events. */
    synchronized void tell(Heard heard) {
        for (Listing listing : heard.entries()) {
            if (shown.add(new Entry(listing.from(), listing.hash()))) {
                output.data(output.isTabular() ? row(listing) : line(listing));
                output.json(ListingJson.of(listing));
            }
        }
    }

    /** How many entries were printed. */
    synchronized int count() {
        return shown.size();
    }

    /** For a person: columns of usual widths, since nobody waits for the widest. */
    private static String row(Listing listing) {
        String since = DAY.format(Instant.ofEpochMilli(Math.min(listing.sinceMillis(), TIME_MAX)));
        return String.format(
                Locale.ROOT,
                "%s  %10s  %-10s  %-10s  %s  %s",
                listing.hash().toHex().substring(0, HASH_DIGITS),
                Sizes.bytes(listing.size()),
                kind(listing),
                Plain.line(who(listing, listing.from().toShortString())),
                since,
                Plain.line(listing.name()));
    }

    /** For a program: whole, with two spaces between the fields and the name last. */
    private static String line(Listing listing) {
        return listing.hash() + "  " + listing.size() + "  " + kind(listing) + "  "
                + Plain.line(who(listing, listing.from().toHex())) + "  " + Instant.ofEpochMilli(listing.sinceMillis())
                + "  " + Plain.line(listing.name());
    }

    private static String kind(Listing listing) {
        return listing.folder() ? Sizes.count(listing.files(), "file") + "/" : "file";
    }

    private static String who(Listing listing, String id) {
        String name = listing.who();
        return name == null ? id : name;
    }
}
