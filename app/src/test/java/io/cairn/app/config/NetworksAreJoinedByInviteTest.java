package io.cairn.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.config.JoinedNetworks.Joined;
import io.cairn.app.work.NetworkKeyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworksAreJoinedByInviteTest {
    @TempDir
    Path here;

    @TempDir
    Path there;

    private final Random random = new Random(5_506);
    private JoinedNetworks first;
    private JoinedNetworks second;

    @BeforeEach
    void prepare() {
        first = new JoinedNetworks(here.resolve("data"));
        second = new JoinedNetworks(there.resolve("data"));
    }

    @Test
    void anInviteCarriesTheKey() throws Exception {
        NetworkInvite invite = first.create("my lab", false, random);
        assertThat(invite.line()).matches("cairn-network:my%20lab:[a-z2-7]{58}");
        assertThat(invite).hasToString("an invite to my lab");
        Joined joined = second.join(NetworkInvite.parse("\n " + invite.line() + "\r\n"), false);
        assertThat(joined).isEqualTo(new Joined("my lab", there.resolve("data/networks/my%20lab.key"), 1));
        Path made = first.keyFile("my lab").orElseThrow();
        assertThat(joined.file()).hasSameBinaryContentAs(made).hasSize(32);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made.getParent())))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(there.resolve("data"))))
                .isEqualTo("rwx------");
        assertThat(second.invite("my lab").line()).isEqualTo(invite.line());
        assertThat(second.join(invite, false)).as("joining again").isEqualTo(joined);
    }

    @Test
    void theInviteOfTheSpecificationIsThis() throws Exception {
        byte[] secret = new byte[32];
        for (int i = 0; i < secret.length; i++) {
            secret[i] = (byte) i;
        }
        assertThat(Files.readAllLines(Path.of("../docs/protocol/private.md")))
                .contains(new NetworkInvite("lab", secret).line());
    }

    @Test
    void aKeyThatIsThereIsNeverOverwritten() throws Exception {
        first.create("lab", false, random);
        byte[] before = Files.readAllBytes(first.keyFile("lab").orElseThrow());
        NetworkInvite other = second.create("lab", false, random);
        assertThat(refusal(() -> first.create("lab", false, random)).kind()).isEqualTo(Kind.EXISTS);
        assertThat(refusal(() -> first.join(other, false)).kind()).isEqualTo(Kind.EXISTS);
        assertThat(Files.readAllBytes(first.keyFile("lab").orElseThrow())).isEqualTo(before);
    }

    @Test
    void aNewKeyIsValidBesideTheOldOneUntilThatIsRetired() throws Exception {
        NetworkInvite old = first.create("lab", false, random);
        second.join(old, false);
        NetworkInvite latest = first.create("lab", true, random);
        assertThat(second.join(latest, true).keys()).isEqualTo(2);
        for (JoinedNetworks member : List.of(first, second)) {
            List<byte[]> secrets = NetworkKeyFiles.secrets(member.keyFile("lab").orElseThrow());
            assertThat(secrets).hasSize(2);
            assertThat(secrets.get(0)).isEqualTo(old.secret());
            assertThat(secrets.get(1)).isEqualTo(latest.secret());
            assertThat(member.invite("lab").line()).isEqualTo(latest.line());
        }
        assertThat(refusal(() -> first.create("lab", true, random)).kind()).isEqualTo(Kind.EXISTS);
        assertThat(first.retire("lab").keys()).isEqualTo(1);
        assertThat(NetworkKeyFiles.secrets(first.keyFile("lab").orElseThrow()).get(0))
                .isEqualTo(latest.secret());
        assertThat(refusal(() -> first.retire("lab")).kind()).isEqualTo(Kind.USAGE);
        assertThat(refusal(() -> first.retire("home")).why()).isEqualTo("no key for it is here");
        assertThat(refusal(() -> first.create("home", true, random)).kind()).isEqualTo(Kind.USAGE);
    }

    @Test
    void everyNameHasAFileOfItsOwn() throws Exception {
        List<String> names = List.of("../../etc", "a", "a.new", "a.new.key", "caf\u00e9: 1/2", "\u65e5\u672c");
        for (String name : names) {
            NetworkInvite invite = first.create(name, false, random);
            assertThat(NetworkInvite.parse(invite.line()).network()).isEqualTo(name);
        }
        first.create("a", true, random);
        assertThat(first.list()).extracting(Joined::name).containsExactlyInAnyOrderElementsOf(names);
        assertThat(first.list())
                .filteredOn(one -> one.name().equals("a"))
                .extracting(Joined::keys)
                .containsExactly(2);
        try (var files = Files.list(here)) {
            assertThat(files).containsExactly(here.resolve("data"));
        }
        assertThat(refusal(() -> first.create("\u65e5".repeat(64), false, random))
                        .why())
                .contains("too long");
        assertThat(second.list()).isEmpty();
    }

    @Test
    void aMistypedInviteIsRefusedWithoutRepeatingIt() throws CairnException {
        String line = first.create("lab", false, random).line();
        String key = line.substring(line.lastIndexOf(':') + 1);
        for (int i = 0; i < key.length(); i++) {
            char other = key.charAt(i) == 'a' ? 'b' : 'a';
            String mistyped = "cairn-network:lab:" + key.substring(0, i) + other + key.substring(i + 1);
            boolean isLast = i == key.length() - 1; // of whose five bits three count
            if (!isLast) {
                assertThat(refusal(() -> NetworkInvite.parse(mistyped)).kind()).isEqualTo(Kind.USAGE);
            }
        }
        for (String wrong : Arrays.asList(
                "",
                ":",
                "cairn-network:",
                "cairn-network:lab",
                "cairn-network::" + key,
                "cairn-network:lab:" + key + "a",
                "cairn-network:lab:" + key.substring(1),
                "cairn-network:Lab:" + key,
                "magnet:lab:" + key,
                "cairn-network:" + "x".repeat(65) + ":" + key,
                "cairn-network:a%0ab:" + key)) {
            CairnException refused = refusal(() -> NetworkInvite.parse(wrong));
            assertThat(refused.kind()).isEqualTo(Kind.USAGE);
            assertThat(refused.getMessage() + refused.why() + refused.next()).doesNotContain(key.substring(5, 30));
        }
    }

    @Test
    void aKeyOfAnotherLengthIsKeptButHasNoInvite() throws IOException {
        Path file = here.resolve("data/networks/old.key");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "password");
        assertThat(first.keyFile("old")).contains(file);
        assertThat(refusal(() -> first.invite("old")).why()).contains("8 bytes");
    }

    private static CairnException refusal(ThrowingCallable work) {
        CairnException refused = catchThrowableOfType(CairnException.class, work);
        assertThat(refused).isNotNull();
        return refused;
    }
}
