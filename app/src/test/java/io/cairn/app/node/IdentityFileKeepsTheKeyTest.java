package io.cairn.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.app.CairnException;
import io.cairn.dht.id.NodeId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityFileKeepsTheKeyTest {
    @TempDir
    Path folder;

    private final SecureRandom random = new SecureRandom();

    @Test
    void theNodeKeepsItsIdOverARestart() throws Exception {
        NodeId first = IdentityFile.loadOrCreate(folder, random).nodeId();
        assertThat(IdentityFile.loadOrCreate(folder, random).nodeId()).isEqualTo(first);
    }

    @Test
    void onlyTheOwnerCanReadIt() throws Exception {
        IdentityFile.loadOrCreate(folder, random);
        assertThat(mode()).isEqualTo("rw-------");
    }

    @Test
    void aKeyThatOthersCouldReadIsClosedToThem() throws Exception {
        IdentityFile.loadOrCreate(folder, random);
        Files.setPosixFilePermissions(folder.resolve("identity"), PosixFilePermissions.fromString("rw-r--r--"));
        IdentityFile.loadOrCreate(folder, random);
        assertThat(mode()).isEqualTo("rw-------");
    }

    @Test
    void aDamagedKeyIsNotReplacedSilently() throws Exception {
        Files.write(folder.resolve("identity"), new byte[31]);
        assertThatThrownBy(() -> IdentityFile.loadOrCreate(folder, random))
                .isInstanceOfSatisfying(
                        CairnException.class,
                        refused -> assertThat(refused.why()).contains("31 bytes"));
        assertThat(Files.size(folder.resolve("identity"))).isEqualTo(31);
    }

    private String mode() throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("identity")));
    }
}
