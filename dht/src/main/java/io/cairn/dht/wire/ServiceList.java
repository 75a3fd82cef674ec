package io.cairn.dht.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import io.cairn.dht.wire.proto.ServiceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The value of a {@link RecordType#SERVICE} record: services of one publisher that share a capability. A publisher with more of them than
 * one record holds puts the rest into further records, its pages.
 *
 * @param services at least one
 * @param pages how many pages there are, 1 to {@link #PAGES_MAX}, this one included
 */
public record ServiceList(List<Service> services, int pages) {
    /** Longest encoding in bytes. */
    public static final int BYTES_MAX = 512;

    /** Most pages of one publisher and capability. */
    public static final int PAGES_MAX = 64;

    public ServiceList {
        services = List.copyOf(services);
        if (services.isEmpty() || pages < 1 || pages > PAGES_MAX) {
            throw new IllegalArgumentException(services.size() + " services on one of " + pages + " pages");
        }
    }

    /** The bytes of a list with these services, however many pages there are. */
    public static int encodedBytes(List<Service> services) {
        return encoded(services, PAGES_MAX).getSerializedSize();
    }

    /**
     * @throws MalformedException if it is not a list of services
     */
    public static ServiceList decode(byte[] value) throws MalformedException {
        if (value.length > BYTES_MAX) {
            throw new MalformedException("a list of services of " + value.length + " bytes");
        }
        ServiceRecord record;
        try {
            record = ServiceRecord.parseFrom(value);
        } catch (InvalidProtocolBufferException invalid) {
            throw new MalformedException("not a list of services: " + invalid.getMessage(), invalid);
        }
        int pages = record.getPages();
        if (record.getServicesCount() == 0 || pages < 1 || pages > PAGES_MAX) {
            throw new MalformedException(record.getServicesCount() + " services on one of " + pages + " pages");
        }
        List<Service> services = new ArrayList<>();
        for (ServiceRecord.Service service : record.getServicesList()) {
            services.add(decode(service));
        }
        return new ServiceList(services, pages);
    }

    /**
     * The bytes of the record's value.
     *
     * @throws IllegalArgumentException if they are more than {@link #BYTES_MAX}
     */
    public byte[] encode() {
        byte[] bytes = encoded(services, pages).toByteArray();
        if (bytes.length > BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a list of services has at most " + BYTES_MAX + " bytes, not " + bytes.length);
        }
        return bytes;
    }

    private static ServiceRecord encoded(List<Service> services, int pages) {
        ServiceRecord.Builder out = ServiceRecord.newBuilder().setPages(pages);
        services.forEach(service -> out.addServices(encode(service)));
        return out.build();
    }

    private static ServiceRecord.Service encode(Service service) {
        return ServiceRecord.Service.newBuilder()
                .setId(service.id())
                .addAllCapabilities(service.capabilities())
                .setEndpoint(service.endpoint())
                .addAllMetadata(service.metadata().entrySet().stream()
                        .map(entry -> ServiceRecord.Metadata.newBuilder()
                                .setKey(entry.getKey())
                                .setValue(entry.getValue())
                                .build())
                        .toList())
                .build();
    }

    private static Service decode(ServiceRecord.Service service) throws MalformedException {
        Map<String, String> metadata = new TreeMap<>();
        service.getMetadataList().forEach(entry -> metadata.put(entry.getKey(), entry.getValue()));
        try {
            return new Service(service.getId(), service.getCapabilitiesList(), service.getEndpoint(), metadata);
        } catch (IllegalArgumentException invalid) {
            throw new MalformedException("not a service: " + invalid.getMessage(), invalid);
        }
    }
}
