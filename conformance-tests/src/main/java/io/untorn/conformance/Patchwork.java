package io.untorn.conformance;

import io.untorn.model.Access;
import io.untorn.model.CloneRange;
import io.untorn.model.Fallocate;
import io.untorn.model.Operation;
import io.untorn.model.Subject;
import io.untorn.model.Target;
import io.untorn.model.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** What lies under the start of a file in three kinds, in any order, and an atomic write over two or all of them. */
final class Patchwork {
    private static final int UNITS = 4;

    private Patchwork() {}

    /** Return such beginnings; for a device, none of any length. */
    static Arbitrary<List<Operation>> of(Target target) {
        if (!target.kind().isFile()) {
            return Arbitraries.just(List.of());
        }
        List<Patch> patches = Stream.of(Patch.values())
                .filter(patch -> patch != Patch.SHARED || target.reflink())
                .toList();
        return Arbitraries.of(patches).list().ofSize(UNITS).map(list -> laid(list, target.allocationUnit()));
    }

    private static List<Operation> laid(List<Patch> patches, int unit) {
        List<Operation> operations = new ArrayList<>();
        for (int i = 0; i < patches.size(); i++) {
            operations.addAll(patches.get(i).at((long) i * unit, unit));
        }
        operations.add(Write.atomic(0, patches.size() * unit));
        return operations;
    }

    private enum Patch {
        HOLE {
            @Override
            List<Operation> at(long offset, int length) {
                return List.of();
            }
        },
        UNWRITTEN {
            @Override
            List<Operation> at(long offset, int length) {
                return List.of(new Fallocate(Fallocate.Mode.ALLOCATE, offset, length));
            }
        },
        WRITTEN {
            @Override
            List<Operation> at(long offset, int length) {
                return List.of(Write.plain(Access.DIRECT, offset, length));
            }
        },
        SHARED {
            @Override
            List<Operation> at(long offset, int length) {
                return List.of(
                        Write.plain(Access.DIRECT, offset, length),
                        new CloneRange(Subject.FILE, offset, Subject.TWIN, offset, length));
            }
        };

        abstract List<Operation> at(long offset, int length);
    }
}
