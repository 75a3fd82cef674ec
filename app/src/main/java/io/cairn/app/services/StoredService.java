package io.cairn.app.services;

import io.cairn.app.Services.Announcement;
import io.cairn.dht.wire.MalformedException;
import io.cairn.dht.wire.ServiceList;
import io.cairn.transfer.store.state.OwnServiceTable.OwnService;
import java.io.IOException;
import java.util.List;

/** Announcements as rows of the state database. */
final class StoredService {
    private StoredService() {}

    /** @throws IllegalArgumentException if it does not fit a record */
    static OwnService of(Announcement announcement) {
        byte[] record = new ServiceList(List.of(announcement.service()), 1).encode();
        return new OwnService(announcement.service().id(), record, announcement.ttlSeconds());
    }

    static Announcement read(OwnService row) throws IOException {
        try {
            return new Announcement(ServiceList.decode(row.record()).services().get(0), row.ttlSeconds(), true);
        } catch (MalformedException | IllegalArgumentException damaged) {
            throw new IOException("the stored service " + row.id() + " cannot be read", damaged);
        }
    }
}
