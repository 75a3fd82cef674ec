package io.cairn.dht.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecentVerifiersTest {
    private static final byte[] MESSAGE = {1, 2, 3};

    private final SplittableRandom random = new SplittableRandom(4);
    private final CountingLibrary library = new CountingLibrary();
    private final RecentVerifiers verifiers = new RecentVerifiers(library);

    @Test
    void manyRecordsOfAFewPublishersNeedAVerifierForEachPublisher() {
        List<Identity> publishers = identities(8);
        for (int record = 0; record < 2_494; record++) {
            Identity publisher = publishers.get(record % 8);
            byte[] decoded = publisher.publicKey().toBytes();
            assertThat(verifiers.verifies(decoded, publisher.sign(MESSAGE).toBytes(), MESSAGE))
                    .isTrue();
        }

        assertThat(library.made).isEqualTo(8);
    }

    @Test
    void aKeyWhoseSignatureIsWrongTakesNoPlace() {
        Identity honest = identities(1).get(0);
        byte[] signature = honest.sign(MESSAGE).toBytes();
        verifiers.verifies(honest.publicKey().toBytes(), signature, MESSAGE);
        for (Identity stranger : identities(2_000)) {
            assertThat(verifiers.verifies(stranger.publicKey().toBytes(), signature, MESSAGE))
                    .isFalse();
        }
        int made = library.made;

        assertThat(verifiers.verifies(honest.publicKey().toBytes(), signature, MESSAGE))
                .isTrue();
        assertThat(library.made).isEqualTo(made);
    }

    @Test
    void manyKeysAreNeverTakenForEachOther() {
        List<Identity> all = identities(1_500);
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < all.size(); i++) {
                Identity one = all.get(i);
                Identity next = all.get((i + 1) % all.size());
                byte[] key = one.publicKey().toBytes();
                assertThat(verifiers.verifies(key, one.sign(MESSAGE).toBytes(), MESSAGE))
                        .isTrue();
                assertThat(verifiers.verifies(key, next.sign(MESSAGE).toBytes(), MESSAGE))
                        .isFalse();
            }
        }
    }

    private List<Identity> identities(int count) {
        List<Identity> identities = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            identities.add(Identity.generate(random));
        }
        return identities;
    }

    private static final class CountingLibrary implements Ed25519Library {
        private final Ed25519Library real = Ed25519Library.fastest();
        private int made;

        @Override
        public Signer signer(byte[] seed) {
            return real.signer(seed);
        }

        @Override
        public @Nullable Verifier verifier(byte[] publicKey) {
            made++;
            return real.verifier(publicKey);
        }
    }
}
