package io.untorn.model.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.untorn.model.contents.Contents;
import io.untorn.model.contents.Contents.Run;
import io.untorn.model.contents.InDoubt;
import io.untorn.model.contents.InDoubt.Claim;
import io.untorn.model.contents.InDoubt.Version;
import io.untorn.model.contents.Origin;
import io.untorn.model.contents.TooManyWorldsException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class UnsyncedTest {
    private static final long SIZE = 1024;
    private static final Contents ZEROS = Contents.zeros(SIZE);
    private static final Origin FIRST = new Origin.Written(0, 0);
    private static final Origin SECOND = new Origin.Written(1, 0);

    @Test
    void withoutAChangeNothingIsInDoubt() {
        assertThat(Unsynced.nothing(ZEROS).afterPowerCut()).containsExactly(ZEROS);
    }

    @Test
    void ofATearableChangeEitherVersionClaimsNothing() {
        assertThat(left(change(0, 0, 512, Change.Kind.TEARABLE)).runs())
                .containsExactly(
                        new Run(0, 512, doubt(version(Origin.ZERO), version(FIRST))), new Run(512, 512, Origin.ZERO));
    }

    @Test
    void newDataClaimsAnAtomicChangeAndOldDataDeniesIt() {
        assertThat(left(change(0, 0, 1024, Change.Kind.ATOMIC)).runs())
                .containsExactly(new Run(
                        0,
                        1024,
                        doubt(
                                version(Origin.ZERO, new Claim(0, 0, 1024, false)),
                                version(FIRST, new Claim(0, 0, 1024, true)))));
    }

    @Test
    void aDurableChangeLeavesNothingOfWhatItCovers() {
        assertThat(left(change(0, 0, 1024, Change.Kind.ATOMIC), change(1, 0, 512, Change.Kind.DURABLE))
                        .slice(0, 512)
                        .runs())
                .containsExactly(new Run(0, 512, SECOND));
    }

    @Test
    void zerosThatAreOldOrNewSayNothing() {
        Unsynced unsynced = with(Unsynced.nothing(ZEROS), change(0, 0, 1024, Change.Kind.ATOMIC))
                .with(held -> held.with(0, 1024, Origin.ZERO), Optional.empty(), 1024);

        assertThat(unsynced.afterPowerCut()).singleElement().satisfies(left -> assertThat(
                        left.runs().get(0).origin())
                .isEqualTo(doubt(version(FIRST, new Claim(0, 0, 1024, true)), version(Origin.ZERO))));
    }

    @ParameterizedTest
    @EnumSource
    void everySizeButThoseInsideADurableWriteMayBeLeft(Change.Kind kind) {
        Unsynced unsynced = extended(Unsynced.nothing(Contents.zeros(0)), change(0, 0, 512, Change.Kind.TEARABLE));
        unsynced = extended(unsynced, change(1, 512, 512, kind));

        List<Long> sizes = unsynced.afterPowerCut().stream().map(Contents::end).toList();
        assertThat(sizes).isEqualTo(kind == Change.Kind.DURABLE ? List.of(1024L) : List.of(0L, 512L, 1024L));
    }

    @Test
    void aLookAtWhatWasLeftIsKeptUnderWhatCameSince() {
        Contents left = left(change(0, 0, 1024, Change.Kind.TEARABLE));
        Change over = change(1, 0, 512, Change.Kind.TEARABLE);
        Contents seen = Contents.zeros(1024).with(0, 512, SECOND).with(512, 512, FIRST);

        assertThat(with(Unsynced.nothing(left), over)
                        .seen(over.onto(left), seen)
                        .afterPowerCut())
                .singleElement()
                .satisfies(then -> assertThat(then.runs())
                        .containsExactly(
                                new Run(0, 512, doubt(version(Origin.ZERO), version(FIRST), version(SECOND))),
                                new Run(512, 512, FIRST)));
    }

    @Test
    void moreVersionsThanCanBeFollowedAreAClearError() {
        Unsynced unsynced = Unsynced.nothing(ZEROS);
        for (int i = 0; i < InDoubt.MAX_VERSIONS - 1; i++) {
            unsynced = with(unsynced, change(i, 0, 1024, Change.Kind.ATOMIC));
        }
        assertThat(unsynced.afterPowerCut()).hasSize(1);

        Unsynced oneMore = with(unsynced, change(InDoubt.MAX_VERSIONS, 0, 1024, Change.Kind.ATOMIC));
        assertThatThrownBy(oneMore::afterPowerCut)
                .isInstanceOf(TooManyWorldsException.class)
                .hasMessageContaining("more than 256 versions of one byte");
    }

    @Test
    void whatIsLeftFollowsTheChangesAndNotTheBytes() {
        int length = 16 << 20;
        Unsynced unsynced = Unsynced.nothing(Contents.zeros(0));
        for (int i = 0; i < 100; i++) {
            unsynced = extended(unsynced, change(i, (long) i * length, length, Change.Kind.ATOMIC));
        }

        List<Contents> left = unsynced.afterPowerCut();
        assertThat(left).hasSize(101);
        assertThat(left.get(100).runs()).hasSize(100);
    }

    @Test
    void aReadDecidesAndAnotherMayNotContradict() {
        Contents left = left(change(0, 0, 1024, Change.Kind.ATOMIC));
        Fates.Sighting first =
                Fates.OPEN.sight(left.slice(0, 512), ZEROS.with(0, 512, FIRST).slice(0, 512));

        assertThat(first).isInstanceOfSatisfying(Fates.Sighting.Possible.class, possible -> {
            assertThat(possible.fates().shown()).containsOnlyKeys(new Claim(0, 0, 1024, true));
            assertThat(possible.fates().sight(left.slice(512, 512), ZEROS.slice(512, 512)))
                    .isEqualTo(new Fates.Sighting.Torn(0, new Run(0, 512, FIRST), new Run(512, 512, Origin.ZERO)));
        });
        assertThat(Fates.OPEN.sight(left, Contents.zeros(1024).with(0, 1024, SECOND)))
                .isInstanceOf(Fates.Sighting.Impossible.class);
    }

    private static Contents left(Change... changes) {
        Unsynced unsynced = Unsynced.nothing(ZEROS);
        for (Change change : changes) {
            unsynced = with(unsynced, change);
        }
        return unsynced.afterPowerCut().get(0);
    }

    private static Unsynced with(Unsynced unsynced, Change change) {
        return unsynced.with(change::onto, Optional.of(change), SIZE);
    }

    private static Unsynced extended(Unsynced unsynced, Change change) {
        return unsynced.with(change::onto, Optional.of(change), change.end());
    }

    private static Change change(int operation, long offset, long length, Change.Kind kind) {
        return new Change(operation, offset, length, offset, kind);
    }

    private static Version version(Origin origin, Claim... claims) {
        return new Version(origin, List.of(claims));
    }

    private static InDoubt doubt(Version... versions) {
        return new InDoubt(List.of(versions));
    }
}
