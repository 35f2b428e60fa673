package io.untorn.vm.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.untorn.vm.host.HostPrograms;
import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelBuildTest {
    private static final ConfigSet SET = new ConfigSet("fake", "all it has", List.of("fake-disk", "fake-xfs"), 1);

    @TempDir
    Path folder;

    private final List<String> progress = new ArrayList<>();
    private final List<Integer> compiled = new ArrayList<>();
    private FakeTree tree;
    private Path output;

    @BeforeEach
    void makeTree() throws IOException {
        tree = FakeTree.in(folder.resolve("linux"));
        output = folder.resolve("out");
    }

    private final BuildListener listener = new BuildListener() {
        @Override
        public void progress(String line) {
            progress.add(line);
        }

        @Override
        public void compiled(int done, int expected) {
            compiled.add(done);
        }
    };

    @Test
    void buildsElsewhereAndLeavesTheTreeAlone() throws IOException {
        Map<String, List<String>> before = tree.state();

        KernelBuild.Result built = build(SET);

        assertThat(built).isEqualTo(new KernelBuild.Result(output, "7.3.4-rc1-fake", 1));
        assertThat(output.resolve("arch/x86/boot/bzImage")).hasContent(FakeTree.SOURCE);
        assertThat(output.resolve("patched-source")).doesNotExist();
        assertThat(compiled).containsExactly(1);
        assertThat(tree.state()).isEqualTo(before);
    }

    @Test
    void setsOldNamesWithoutRequiringThem() throws IOException {
        build(SET);

        assertThat(output.resolve("untorn.config")).content().contains("CONFIG_BLK=y", "CONFIG_BLOCK=y");
        assertThat(output.resolve(".config")).content().containsOnlyOnce("CONFIG_BLOCK");
    }

    @Test
    void compilesOnlyWhatChanged() throws IOException {
        build(SET);
        assertThat(build(SET).compiled()).isZero();

        tree.write("main.c", "int other(void);\n");
        assertThat(build(SET).compiled()).isEqualTo(1);
    }

    @Test
    void anotherSetBuildsFromScratch() throws IOException {
        build(SET);
        Files.writeString(output.resolve("stale.o"), "");

        assertThat(build(new ConfigSet("other", "", List.of("fake-disk"), 1)).release())
                .isEqualTo("7.3.4-rc1-other");
        assertThat(output.resolve("stale.o")).doesNotExist();
        assertThat(output.resolve(".config")).content().doesNotContain("XFS_FS");
    }

    @Test
    void listsUnmetDependencies() {
        assertMistake(() -> build(new ConfigSet("fake", "", List.of("fake-xfs"), 1)))
                .hasMessageContainingAll(
                        "CONFIG_XFS_FS=y (fragment fake-xfs): it is off;",
                        "it depends on BLOCK [BLOCK is off] (fs/xfs/Kconfig:1)",
                        output.resolve(".config").toString());
    }

    @Test
    void namesTheSelectorOfAnOptionToDisable() {
        assertMistake(() -> build(new ConfigSet("fake", "", List.of("fake-disk", "fake-xfs", "fake-quiet"), 1)))
                .hasMessageContaining(
                        "# CONFIG_NOISE is not set (fragment fake-quiet): it is y; it is selected by XFS_FS");
    }

    @Test
    void namesAnOptionThatTheTreeDoesNotHave() {
        assertMistake(() -> build(new ConfigSet("fake", "", List.of("fake-disk", "fake-future"), 1)))
                .hasMessageContaining("CONFIG_FUTURE=y (fragment fake-future): this tree has no such option");
    }

    @Test
    void showsTheFirstErrorOfTheCompiler() throws IOException {
        tree.write("main.c", "int first(void)\n{\n    return one;\n}\n");

        assertMistake(() -> build(SET))
                .hasMessageContainingAll(
                        "main.c:3:12: error: ",
                        "one",
                        output.resolve("untorn-build.log").toString());
        assertThat(output.resolve("untorn-build.log")).content().contains("CC      main.o", "main.c:3:12: error: ");
    }

    @Test
    void aKilledCompilerIsNoFaultOfTheTree() throws IOException {
        tree.write(
                "Makefile",
                Files.readString(tree.folder().resolve("Makefile"))
                        .replace("@gcc -c -o $@ main.c", "@kill -KILL $$$$"));

        assertThatThrownBy(() -> build(SET))
                .isInstanceOfSatisfying(UntornException.class, e -> assertThat(e.category())
                        .isEqualTo(UntornException.Category.MACHINERY))
                .hasMessageContainingAll("one of its programs was killed", "main.o", "Killed", "memory");
    }

    @Test
    void patchesACopy() throws IOException {
        Map<String, List<String>> before = tree.state();

        build(SET, patch("one.patch", FakeTree.patch("1", "10")), patch("two.patch", FakeTree.patch("10", "100")));

        assertThat(output.resolve("arch/x86/boot/bzImage")).content().contains("return 100;", "return 2;");
        assertThat(tree.state()).isEqualTo(before);
    }

    @Test
    void appliesASeriesInOneFile() throws IOException {
        build(
                SET,
                patch(
                        "series.mbox",
                        "From one Mon Sep 17 00:00:00 2001\n" + FakeTree.patch("1", "10")
                                + "\nFrom two Mon Sep 17 00:00:00 2001\n" + FakeTree.patch("10", "100")));

        assertThat(output.resolve("arch/x86/boot/bzImage")).content().contains("return 100;");
    }

    @Test
    void readsMailsInAnEncoding() throws IOException {
        String mail = FakeTree.patch("1", "10");
        int body = mail.indexOf("\n\n") + 2;
        String encoded = "From one Mon Sep 17 00:00:00 2001\n" + mail.substring(0, body - 1)
                + "MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: base64\n\n"
                + Base64.getMimeEncoder().encodeToString(mail.substring(body).getBytes(StandardCharsets.UTF_8)) + "\n";

        build(SET, patch("mail", encoded));

        assertThat(output.resolve("arch/x86/boot/bzImage")).content().contains("return 10;");
    }

    @Test
    void aBuildWithoutThePatchDropsIt() throws IOException {
        Path patch = patch("one.patch", FakeTree.patch("1", "10"));
        Path other = patch("other.patch", FakeTree.patch("1", "11"));
        build(SET, patch);
        assertThat(build(SET, patch).compiled())
                .as("what a patch changes is compiled")
                .isEqualTo(1);

        build(SET, other);
        assertThat(output.resolve("arch/x86/boot/bzImage")).content().contains("return 11;");

        assertThat(build(SET).compiled()).isEqualTo(1);
        assertThat(output.resolve("arch/x86/boot/bzImage")).hasContent(FakeTree.SOURCE);
    }

    @Test
    void namesTheHunkThatDoesNotApply() throws IOException {
        Map<String, List<String>> before = tree.state();
        Path patch = patch("late.patch", FakeTree.patch("7", "8"));

        assertMistake(() -> build(SET, patch))
                .hasMessageContainingAll(patch.toString(), "does not apply: main.c, hunk 1 at line 1");
        assertThat(tree.state()).isEqualTo(before);
    }

    @Test
    void reportsAPatchThatIsAppliedAlready() throws IOException {
        Path patch = patch("merged.patch", FakeTree.patch("0", "1"));

        assertMistake(() -> build(SET, patch)).hasMessageContaining("main.c has the change already");
    }

    @Test
    void namesAFileThatAPatchWantsAndTheTreeLacks() throws IOException {
        Path patch = patch("lost.patch", FakeTree.patch("1", "10").replace("main.c", "fs/lost.c"));

        assertMistake(() -> build(SET, patch)).hasMessageContaining("fs/lost.c is not in the tree");
    }

    @Test
    void refusesAFileWithoutAPatch() throws IOException {
        Path text = patch("readme.txt", "Dear all,\n\nno patch.\n");

        assertMistake(() -> build(SET, text)).hasMessageContainingAll(text.toString(), "holds no patch");
        assertThat(output).doesNotExist();
    }

    @Test
    void copiesATreeThatWasBuiltInPlace() throws IOException {
        tree.write(".config", "CONFIG_OTHER=y\n");
        tree.write("old.o", "object");
        Map<String, List<String>> before = tree.state();

        build(SET);

        assertThat(output.resolve("patched-source/main.c")).exists();
        assertThat(List.of(output.resolve("patched-source/.config"), output.resolve("patched-source/old.o")))
                .allSatisfy(file -> assertThat(file).doesNotExist());
        assertThat(tree.state()).isEqualTo(before);
    }

    @Test
    void copiesUncommittedFilesButNotIgnoredOnes() throws Exception {
        git("init", "-q");
        tree.write(".gitignore", "ignored\n");
        git("add", ".");
        git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "all");
        tree.write("main.c", FakeTree.SOURCE.replace("2", "20"));
        tree.write("new.c", "");
        tree.write("ignored", "");
        Map<String, List<String>> before = tree.state();

        build(SET, patch("one.patch", FakeTree.patch("1", "10")));

        Path copy = output.resolve("patched-source");
        assertThat(copy.resolve("main.c")).content().contains("return 10;", "return 20;");
        assertThat(copy.resolve("new.c")).exists();
        assertThat(copy.resolve("ignored")).doesNotExist();
        assertThat(tree.state()).isEqualTo(before);
    }

    @Test
    void aDeletedFileIsNotInTheCopy() throws IOException {
        Path patch = patch("one.patch", FakeTree.patch("1", "10"));
        tree.write("fs/gone/old.c", "");
        build(SET, patch);
        Files.delete(tree.folder().resolve("fs/gone/old.c"));
        Files.delete(tree.folder().resolve("fs/gone"));

        build(SET, patch);

        assertThat(output.resolve("patched-source/fs/gone")).doesNotExist();
    }

    @Test
    void refusesAFolderThatIsNoTree() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));

        assertMistake(() -> new KernelBuild(empty, SET, List.of(), output))
                .hasMessageContainingAll(empty.toString(), "is not a Linux source tree", "Kconfig");
        assertMistake(() -> new KernelBuild(folder.resolve("nowhere"), SET, List.of(), output))
                .hasMessageContaining("There is no folder");
    }

    @Test
    void refusesToWriteIntoTheTree() {
        output = tree.folder().resolve("build");

        assertMistake(() -> build(SET)).hasMessageContaining("must not change");
        assertThat(output).doesNotExist();
    }

    @Test
    void refusesAFolderThatHoldsSomethingElse() throws IOException {
        Files.createDirectory(output);
        Path letter = Files.writeString(output.resolve("letter.txt"), "dear");

        assertMistake(() -> build(SET)).hasMessageContaining("no build of untorn made");
        assertThat(letter).hasContent("dear");
    }

    @Test
    void refusesAPathThatMakeCannotTake() {
        output = folder.resolve("my kernels");

        assertMistake(() -> build(SET)).hasMessageContaining("allows no blank");
    }

    @Test
    void refusesASecondBuildAtTheSamePlace() throws IOException {
        build(SET);
        try (FileChannel channel = FileChannel.open(output.resolve("untorn-build.lock"), StandardOpenOption.WRITE)) {
            channel.lock();

            assertMistake(() -> build(SET)).hasMessageContaining("Another build runs in " + output);
        }
    }

    @Test
    void leavesNothingBesideTheBuild() throws IOException {
        build(SET, patch("one.patch", FakeTree.patch("1", "10")));

        try (Stream<Path> left = Files.list(output)) {
            assertThat(left.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder(
                            ".config",
                            "arch",
                            "include",
                            "main.o",
                            "patched-source",
                            "untorn-build.json",
                            "untorn-build.lock",
                            "untorn-build.log",
                            "untorn.config");
        }
    }

    private KernelBuild.Result build(ConfigSet set, Path... patches) {
        return new KernelBuild(tree.folder(), set, List.of(patches), output).run(listener);
    }

    private Path patch(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private void git(String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("git", "-C", tree.folder().toString()));
        command.addAll(Arrays.asList(arguments));
        HostPrograms.Output output = HostPrograms.run(command);
        assertThat(output.exitCode()).as(output.text()).isZero();
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertMistake(ThrowingCallable call) {
        return assertThatThrownBy(call).isInstanceOfSatisfying(UntornException.class, e -> assertThat(e.category())
                .isEqualTo(UntornException.Category.CALLER));
    }
}
