package io.cairn.dht.kad;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Id160;
import io.cairn.dht.id.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The contract of {@link RoutingTable} in its plainest form, on one list of contacts: sorted, filtered and counted on every call. */
final class NaiveTable {
    private final NodeId self;
    private final KademliaLimits limits;
    private final List<Known> known = new ArrayList<>();
    private final List<Contact> waiting = new ArrayList<>();
    private int depth = 1;

    NaiveTable(NodeId self, KademliaLimits limits) {
        this.self = self;
        this.limits = limits;
    }

    /** A contact with a place. */
    private static final class Known {
        private Contact contact;
        private @Nullable Long heardMillis;
        private int failures;

        Known(Contact contact, @Nullable Long heardMillis) {
            this.contact = contact;
            this.heardMillis = heardMillis;
        }
    }

    /** The urgency of asking a contact. */
    record Urgency(boolean fails, boolean isUnheard, boolean isNear, long heardMillis) {}

    TableVerdict answered(Contact contact, long nowMillis) {
        if (contact.id().equals(self)) {
            return new TableVerdict.Refused();
        }
        Known former = at(contact.endpoint());
        if (former != null && !former.contact.id().equals(contact.id())) {
            evict(former);
            in(bucket(former.contact.id())).forEach(other -> other.heardMillis = null);
        }
        Known same = of(contact.id());
        if (same == null) {
            return admit(contact, nowMillis);
        }
        if (!same.contact.equals(contact)) {
            if (same.failures == 0) {
                await(contact);
                return new TableVerdict.Ask(same.contact);
            }
            waiting.removeIf(other -> other.id().equals(contact.id()));
            same.contact = contact;
        }
        same.heardMillis = nowMillis;
        same.failures = 0;
        return new TableVerdict.Known();
    }

    private TableVerdict admit(Contact contact, long nowMillis) {
        while (bucket(contact.id()) == depth - 1 && in(depth - 1).size() >= limits.k() && depth < 160) {
            depth++;
        }
        int bucket = bucket(contact.id());
        if (isBlockFull(contact)) {
            return new TableVerdict.Refused();
        }
        if (hasRoom(contact.id())) {
            if (in(bucket).size() >= limits.siblingsMax()) {
                Known farthest = farthest(bucket);
                known.remove(farthest);
                await(farthest.contact);
            }
            waiting.removeIf(other -> other.id().equals(contact.id()));
            known.add(new Known(contact, nowMillis));
            return new TableVerdict.Added();
        }
        await(contact);
        Known oldest = in(bucket).stream()
                .min(Comparator.comparing(each -> each.heardMillis == null ? -1L : each.heardMillis))
                .orElseThrow();
        boolean isQuestionable = oldest.failures > 0
                || oldest.heardMillis == null
                || nowMillis - oldest.heardMillis >= limits.table().questionableMillis();
        return isQuestionable ? new TableVerdict.Ask(oldest.contact) : new TableVerdict.Cached();
    }

    boolean failed(Contact contact) {
        Known found = of(contact.id());
        if (found == null || !found.contact.equals(contact)) {
            waiting.removeIf(other -> other.id().equals(contact.id()));
            return false;
        }
        found.failures++;
        if (found.failures < limits.table().failuresMax()
                && waitingFor(bucket(contact.id())).isEmpty()) {
            return false;
        }
        evict(found);
        return true;
    }

    boolean hasRoomFor(Contact contact) {
        return !contact.id().equals(self)
                && of(contact.id()) == null
                && at(contact.endpoint()) == null
                && !isBlockFull(contact)
                && hasRoom(contact.id());
    }

    boolean contains(Contact contact) {
        return known.stream().anyMatch(each -> each.contact.equals(contact));
    }

    boolean contains(Endpoint endpoint) {
        return at(endpoint) != null;
    }

    List<Contact> closest(Id160 target, int count) {
        return Networks.closest(
                known.stream()
                        .filter(each -> each.failures == 0)
                        .map(each -> each.contact)
                        .toList(),
                target,
                count);
    }

    List<Contact> contacts() {
        return Networks.closest(known.stream().map(each -> each.contact).toList(), self, known.size());
    }

    boolean isAmongClosest(Id160 point, int count) {
        return closest(point, known.size()).stream()
                        .filter(contact -> contact.id().distanceTo(point).compareTo(self.distanceTo(point)) < 0)
                        .count()
                < count;
    }

    /** The urgency of the contact to ask next. */
    Optional<Urgency> mostUrgent(long nowMillis, Collection<Contact> except, boolean alsoFailing) {
        long dueMillis = nowMillis - limits.upkeep().probeSilenceMillis();
        int weight = limits.upkeep().neighbourWeight();
        return known.stream()
                .filter(each -> !except.contains(each.contact) && (alsoFailing || each.failures == 0))
                .map(each -> urgency(each.contact))
                .filter(each -> each.fails || each.isUnheard || each.heardMillis <= dueMillis)
                .max(Comparator.<Urgency>comparingInt(each -> (each.fails || each.isUnheard) && each.isNear ? 1 : 0)
                        .thenComparingInt(each -> each.fails || each.isUnheard ? 1 : 0)
                        .thenComparingLong(each -> (nowMillis - each.heardMillis) * (each.isNear ? weight : 1)))
                .map(NaiveTable::comparable);
    }

    Optional<Contact> nearestSilent(long silenceMillis, long nowMillis, Collection<Contact> except) {
        return closest(self, limits.k()).stream()
                .filter(contact -> !except.contains(contact))
                .filter(contact -> {
                    Long heardMillis = Objects.requireNonNull(of(contact.id())).heardMillis;
                    return heardMillis == null || nowMillis - heardMillis >= silenceMillis;
                })
                .findFirst();
    }

    /** Failing contacts count in the deeper buckets, which are not searched, but not in that of the id. */
    boolean isNeighbour(NodeId id) {
        return known.stream()
                        .filter(each -> bucket(each.contact.id()) > bucket(id)
                                || bucket(each.contact.id()) == bucket(id)
                                        && each.failures == 0
                                        && self.compareDistance(each.contact.id(), id) < 0)
                        .count()
                < limits.k();
    }

    Urgency urgency(Contact contact) {
        Known found = Objects.requireNonNull(of(contact.id()));
        boolean isUnheard = found.heardMillis == null;
        return comparable(new Urgency(
                found.failures > 0,
                isUnheard,
                nearer(bucket(contact.id())) < limits.k(),
                isUnheard ? 0 : Objects.requireNonNull(found.heardMillis)));
    }

    /** Failing contacts and contacts never heard are equally urgent. */
    private static Urgency comparable(Urgency urgency) {
        boolean isUrgent = urgency.fails || urgency.isUnheard;
        return new Urgency(isUrgent, isUrgent, urgency.isNear, isUrgent ? 0 : urgency.heardMillis);
    }

    private boolean hasRoom(NodeId id) {
        int bucket = bucket(id);
        int count = in(bucket).size();
        boolean splits = bucket == depth - 1 && depth < 160;
        return count < limits.k()
                || splits
                || nearer(bucket) < limits.k()
                        && (count < limits.siblingsMax()
                                || self.compareDistance(
                                                id, farthest(bucket).contact.id())
                                        < 0);
    }

    private int nearer(int bucket) {
        return (int) known.stream()
                .filter(each -> bucket(each.contact.id()) > bucket)
                .count();
    }

    private Known farthest(int bucket) {
        return in(bucket).stream()
                .max(Comparator.comparing(each -> each.contact.id().distanceTo(self)))
                .orElseThrow();
    }

    private boolean isBlockFull(Contact contact) {
        AddressBlock block = AddressBlock.of(contact.endpoint().address());
        List<Known> neighbours = known.stream()
                .filter(each -> block != null
                        && block.equals(AddressBlock.of(each.contact.endpoint().address())))
                .toList();
        long inBucket = neighbours.stream()
                .filter(each -> bucket(each.contact.id()) == bucket(contact.id()))
                .count();
        return known.size() >= limits.k()
                && (inBucket >= limits.table().perBlockInBucketMax()
                        || neighbours.size() >= limits.table().perBlockMax());
    }

    private void await(Contact contact) {
        waiting.removeIf(other -> other.id().equals(contact.id()));
        waiting.add(contact);
        List<Contact> beside = waitingFor(bucket(contact.id()));
        if (beside.size() > limits.table().replacementsMax()) {
            waiting.remove(beside.get(0));
        }
    }

    private void evict(Known leaving) {
        known.remove(leaving);
        int bucket = bucket(leaving.contact.id());
        if (in(bucket).size() >= limits.k()) {
            return;
        }
        List<Contact> candidates = new ArrayList<>(waitingFor(bucket));
        for (int i = candidates.size() - 1; i >= 0; i--) {
            Contact candidate = candidates.get(i);
            if (of(candidate.id()) == null) {
                waiting.remove(candidate);
                if (at(candidate.endpoint()) == null && !isBlockFull(candidate)) {
                    known.add(new Known(candidate, null));
                    return;
                }
            }
        }
    }

    private List<Contact> waitingFor(int bucket) {
        return waiting.stream()
                .filter(contact -> bucket(contact.id()) == bucket)
                .toList();
    }

    private List<Known> in(int bucket) {
        return known.stream()
                .filter(each -> bucket(each.contact.id()) == bucket)
                .toList();
    }

    private int bucket(NodeId id) {
        return Math.min(id.commonPrefixLength(self), depth - 1);
    }

    private @Nullable Known of(NodeId id) {
        return known.stream()
                .filter(each -> each.contact.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    private @Nullable Known at(Endpoint endpoint) {
        return known.stream()
                .filter(each -> each.contact.endpoint().equals(endpoint))
                .findFirst()
                .orElse(null);
    }
}
