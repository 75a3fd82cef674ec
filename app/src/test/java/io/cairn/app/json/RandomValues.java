package io.cairn.app.json;

import io.cairn.app.Advice;
import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Check;
import io.cairn.app.Contacts;
import io.cairn.app.FetchOptions;
import io.cairn.app.Reason;
import io.cairn.app.Services;
import io.cairn.app.SpeedLimits;
import io.cairn.dht.DhtStatistics;
import io.cairn.dht.RecordStatistics;
import io.cairn.dht.crypto.PublicKey;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.measure.DurationCounts;
import io.cairn.dht.wire.Service;
import io.cairn.transfer.content.ShareSecret;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes values of any record, sealed type or value class of the API, from a seed. */
final class RandomValues {
    private static final int LIST_MAX = 4;

    /** What names on disks and in networks really have, and some that only hostile peers send. */
    private static final List<String> ODD = List.of(
            "",
            " ",
            "ä",
            "名前",
            "👩‍💻",
            "e\u0301",
            "\u202egnp.exe",
            "a\u0000b",
            "line\nbreak",
            "\u001b[31m",
            "\ud800",
            "\"\\/",
            "null",
            "\u2028",
            "\ufeff");

    private final Random random;

    /** The records that a node holds are counted once, but stand in two places. */
    private int recordsHeld;

    RandomValues(long seed) {
        random = new Random(seed);
    }

    <T> T of(Class<T> type) {
        return type.cast(value(type));
    }

    private Object value(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] of = generic.getActualTypeArguments();
            return generic.getRawType() == Map.class
                    ? map(() -> value(of[0]), () -> value(of[1]))
                    : list(() -> value(of[0]));
        }
        return single((Class<?>) type);
    }

    private Object single(Class<?> type) {
        if (type == int.class || type == Integer.class) {
            return random.nextInt() >> random.nextInt(32);
        } else if (type == long.class || type == Long.class) {
            return random.nextLong() >> random.nextInt(64);
        } else if (type == boolean.class) {
            return random.nextBoolean();
        } else if (type == double.class) {
            return random.nextBoolean() ? random.nextDouble() : (double) random.nextInt(20);
        } else if (type == String.class) {
            return text();
        } else if (type == Path.class) {
            return Path.of("/" + text().replace("\u0000", "").replaceAll("[\ud800-\udfff]", "x") + "/folder")
                    .normalize();
        } else if (type.isEnum()) {
            return oneOf(type.getEnumConstants());
        } else if (type.isSealed()) {
            return single(oneOf(type.getPermittedSubclasses()));
        }
        if (type == FetchOptions.Timeouts.class) {
            int max = FetchOptions.Timeouts.SECONDS_MAX;
            return new FetchOptions.Timeouts(1 + random.nextInt(max), 1 + random.nextInt(max));
        } else if (type == Check.class) {
            Check.Level level = oneOf(Check.Level.values());
            return new Check(text(), level, text(), level == Check.Level.OK ? "" : "do " + text());
        } else if (type == Advice.class) {
            return new Advice(oneOf(Reason.values()), text(), Map.of())
                    .and("first", text())
                    .and("second", 2L);
        } else if (type == DurationCounts.class) {
            long[] counts = new long[DurationCounts.buckets()];
            IntStream.range(0, LIST_MAX).forEach(i -> counts[random.nextInt(counts.length)] = random.nextInt(1_000));
            return new DurationCounts(counts, random.nextInt(1_000_000));
        }
        if (type == Service.class) {
            return service();
        } else if (type == Services.Announcement.class) {
            int ttlSeconds = Services.TTL_SECONDS_MIN + random.nextInt(Services.TTL_SECONDS);
            return new Services.Announcement(service(), ttlSeconds, random.nextBoolean());
        }
        if (type == Contacts.Presence.class) {
            Contacts.Reach reach = oneOf(Contacts.Reach.values());
            boolean isThere = reach == Contacts.Reach.REACHABLE;
            return new Contacts.Presence(of(Contacts.Person.class), reach, isThere ? of(Endpoint.class) : null);
        }
        return type == SpeedLimits.class ? limits() : type.isRecord() ? recordOf(type) : valueOf(type);
    }

    private Object valueOf(Class<?> type) {
        if (type == Key.class) {
            return Key.random(random);
        } else if (type == ShareSecret.class) {
            return ShareSecret.random(random);
        } else if (type == NodeId.class) {
            return NodeId.random(random);
        } else if (type == PublicKey.class) {
            return PublicKey.of(bytes(PublicKey.LENGTH_BYTES));
        } else if (type == Endpoint.class) {
            return Endpoint.of(bytes(random.nextBoolean() ? 4 : 16), 1 + random.nextInt(65_535));
        } else if (type == InetAddress.class) {
            return Endpoint.of(bytes(random.nextBoolean() ? 4 : 16), 1).address();
        } else if (type == ByteBuffer.class) {
            return ByteBuffer.wrap(
                    random.nextBoolean() ? bytes(random.nextInt(9)) : "ä text\n".getBytes(StandardCharsets.UTF_8));
        } else if (type == CairnException.class) {
            Advice advice = new Advice(oneOf(Reason.values()), text(), Map.of()).and("first", text());
            return new CairnException(oneOf(Kind.values()), text(), text(), advice.and("second", random.nextInt()));
        }
        throw new AssertionError("how is a " + type.getName() + " made?");
    }

    private Object recordOf(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = Stream.of(components).map(this::component).toArray();
        if (type == RecordStatistics.class) {
            values[0] = recordsHeld;
        }
        Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Object made = type.getDeclaredConstructor(types).newInstance(values);
            recordsHeld = made instanceof DhtStatistics dht ? dht.recordsHeld() : recordsHeld;
            return made;
        } catch (ReflectiveOperationException failure) {
            throw new LinkageError("cannot make a " + type.getName(), failure);
        }
    }

    private @Nullable Object component(RecordComponent component) {
        AnnotatedType type = component.getAnnotatedType();
        return type.isAnnotationPresent(Nullable.class) && random.nextInt(3) == 0
                ? null
                : value(component.getGenericType());
    }

    /** Within its limits, and otherwise as odd as a stranger makes it. */
    private Service service() {
        Supplier<String> word = () -> "w" + text().replaceAll("[\\p{Cc}\ud800-\udfff]", "x") + "w";
        Map<String, String> metadata = new LinkedHashMap<>();
        list(word::get).forEach(key -> metadata.put(key.toString(), random.nextBoolean() ? "" : word.get()));
        List<String> capabilities = Stream.concat(
                        Stream.of(word.get()), list(word::get).stream().map(Object::toString))
                .toList();
        return new Service(word.get(), capabilities, word.get().replaceAll("(?U)\\s", "_"), metadata);
    }

    private SpeedLimits limits() {
        Supplier<Long> rate = () -> random.nextBoolean() ? 0 : SpeedLimits.RATE_MIN + random.nextInt(Integer.MAX_VALUE);
        return new SpeedLimits(rate.get(), rate.get(), rate.get(), rate.get(), random.nextBoolean());
    }

    private String text() {
        return oneOf(ODD.toArray(String[]::new)) + (random.nextBoolean() ? random.nextInt() : "");
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private List<?> list(Supplier<Object> element) {
        return IntStream.range(0, random.nextInt(LIST_MAX))
                .mapToObj(place -> element.get())
                .toList();
    }

    private Map<Object, Object> map(Supplier<Object> key, Supplier<Object> value) {
        Map<Object, Object> map = new LinkedHashMap<>();
        list(key).forEach(each -> map.put(each, value.get()));
        return map;
    }

    private <T> T oneOf(T[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
