package io.untorn.vm.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A source tree that make builds like a kernel, of one file. Its {@code olddefconfig} drops XFS_FS without BLOCK and
 * turns NOISE on with XFS_FS, as its Kconfig files say.
 */
final class FakeTree {
    static final String SOURCE =
            """
            int first(void)
            {
                return 1;
            }

            int second(void)
            {
                return 2;
            }
            """;

    private static final String MAKEFILE =
            """
            VERSION = 7
            PATCHLEVEL = 3
            SUBLEVEL = 4
            EXTRAVERSION = -rc1

            tinyconfig:
            	echo '# CONFIG_BLOCK is not set' > $(O)/.config

            olddefconfig:
            	grep -q '^CONFIG_BLOCK=y' $(O)/.config || sed -i '/CONFIG_XFS_FS/d' $(O)/.config
            	grep -q '^CONFIG_XFS_FS=y' $(O)/.config && echo 'CONFIG_NOISE=y' >> $(O)/.config || true
            	sed -i '/CONFIG_FUTURE/d' $(O)/.config

            bzImage: $(O)/main.o
            	mkdir -p $(O)/arch/x86/boot $(O)/include/config
            	cp main.c $(O)/arch/x86/boot/bzImage
            	echo 7.3.4-rc1$(subst ",,$(patsubst CONFIG_LOCALVERSION=%,%,$(shell grep LOCALVERSION= $(O)/.config))) > $(O)/include/config/kernel.release

            $(O)/main.o: main.c
            	@echo '  CC      main.o'
            	@gcc -c -o $@ main.c

            mrproper:
            	rm -f .config
            """;

    private final Path folder;

    private FakeTree(Path folder) {
        this.folder = folder;
    }

    static FakeTree in(Path folder) throws IOException {
        FakeTree tree = new FakeTree(folder);
        tree.write("Makefile", MAKEFILE);
        tree.write("main.c", SOURCE);
        tree.write("scripts/kconfig/Makefile", "");
        tree.write("Kconfig", "mainmenu \"Fake\"\nsource \"arch/$(SRCARCH)/Kconfig\"\nsource \"fs/Kconfig\"\n");
        tree.write(
                "arch/x86/Kconfig", "config BLOCK\n\tbool \"Disks\"\n\nconfig SHIFT\n\tint \"Size\"\n\tdefault 12\n");
        tree.write("fs/Kconfig", "if BLOCK\nsource \"fs/xfs/Kconfig\"\nendif\n\nconfig NOISE\n\tbool \"Noise\"\n");
        tree.write(
                "fs/xfs/Kconfig",
                "config XFS_FS\n\tbool \"XFS\"\n\tselect NOISE\n\thelp\n\t  config NOISE is no option here,\n\t  if all is well.\n");
        return tree;
    }

    Path folder() {
        return folder;
    }

    void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** Return the modification time and the text of each file. */
    Map<String, List<String>> state() throws IOException {
        Map<String, List<String>> state = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                state.put(
                        folder.relativize(file).toString(),
                        List.of(
                                Files.getLastModifiedTime(file).toString(),
                                Files.isRegularFile(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : ""));
            }
        }
        return state;
    }

    /** Return a patch that changes a line of {@link #SOURCE}. */
    static String patch(String before, String after) {
        return """
               From: Someone <someone@example.org>
               Subject: [PATCH] Another number

               ---
                main.c | 2 +-

               diff --git a/main.c b/main.c
               --- a/main.c
               +++ b/main.c
               @@ -1,6 +1,6 @@
                int first(void)
                {
               -    return %s;
               +    return %s;
                }

                int second(void)
               """
                .formatted(before, after)
                .replace("}\n\n", "}\n \n");
    }
}
