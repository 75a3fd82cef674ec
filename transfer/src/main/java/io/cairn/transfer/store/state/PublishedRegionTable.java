package io.cairn.transfer.store.state;

import io.cairn.dht.PublishedRegion;
import io.cairn.dht.id.Endpoint;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The time of the last publication of each key-space region, and the endpoints in its records; at most 256 rows. */
public final class PublishedRegionTable {
    private final Sqlite sqlite;

    PublishedRegionTable(Sqlite sqlite) {
        this.sqlite = sqlite;
    }

    /** Stores newly published regions. */
    public void published(List<PublishedRegion> regions) throws IOException {
        List<Object[]> rows = regions.stream()
                .map(region -> new Object[] {
                    region.cell(),
                    region.publishedMillis(),
                    region.endpoints().stream().map(Endpoint::toString).collect(Collectors.joining(" "))
                })
                .toList();
        sqlite.transaction(
                transaction -> transaction.updateAll("INSERT OR REPLACE INTO published_region VALUES (?, ?, ?)", rows));
    }

    /** All regions, by cell. */
    public List<PublishedRegion> all() throws IOException {
        return sqlite
                .query(
                        "SELECT cell, published_millis, endpoints FROM published_region ORDER BY cell",
                        PublishedRegionTable::read)
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<PublishedRegion> read(ResultSet row) throws SQLException {
        try {
            List<Endpoint> endpoints = Arrays.stream(row.getString(3).split(" "))
                    .map(Endpoint::parse)
                    .toList();
            return Optional.of(new PublishedRegion(row.getInt(1), row.getLong(2), endpoints));
        } catch (IllegalArgumentException interfaceGoneOrEdited) {
            return Optional.empty(); // the region counts as published when its contents first were, or is republished
        }
    }
}
