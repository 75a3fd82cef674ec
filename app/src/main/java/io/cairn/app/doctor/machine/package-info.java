/**
 * What a check of this machine measures and how it judges that: disk, digests, open files, memory, the data directory. It knows no
 * network.
 */
@NullMarked
package io.cairn.app.doctor.machine;

import org.jspecify.annotations.NullMarked;
