package io.untorn.vm.kernel;

import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The modules of a kernel and their dependencies, in a folder like {@code /lib/modules/RELEASE}. */
public final class ModuleTree {
    private static final String VERMAGIC = "vermagic=";
    private static final Pattern INSTALLED = Pattern.compile("(.*)/lib/modules/([^/]+)");

    private record Entry(KernelModule module, List<String> needs) {}

    private final Path folder;
    private final Map<String, Entry> modules;
    private final Set<String> builtIn;

    private ModuleTree(Path folder, Map<String, Entry> modules, Set<String> builtIn) {
        this.folder = folder;
        this.modules = modules;
        this.builtIn = builtIn;
    }

    /**
     * Open the folder that holds {@code modules.dep}, and {@code modules.builtin} if there is one.
     *
     * @throws UntornException as the caller's mistake if there is no {@code modules.dep}
     */
    public static ModuleTree open(Path folder) {
        Path index = folder.resolve("modules.dep");
        if (!Files.isRegularFile(index)) {
            throw UntornException.caller("The folder " + folder + " holds no modules.dep: run " + depmodFor(folder));
        }
        Map<String, Entry> modules = new LinkedHashMap<>();
        for (String line : readLines(index)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                KernelModule module = new KernelModule(
                        KernelModule.nameOf(line.substring(0, colon)), folder.resolve(line.substring(0, colon)));
                List<String> needs = Arrays.stream(line.substring(colon + 1).split(" "))
                        .filter(need -> !need.isEmpty())
                        .map(KernelModule::nameOf)
                        .toList();
                modules.put(module.name(), new Entry(module, needs));
            }
        }
        Path builtInIndex = folder.resolve("modules.builtin");
        Set<String> builtIn = Files.isRegularFile(builtInIndex)
                ? readLines(builtInIndex).stream().map(KernelModule::nameOf).collect(Collectors.toUnmodifiableSet())
                : Set.of();
        return new ModuleTree(folder, modules, builtIn);
    }

    /**
     * Open the modules of a release in a folder that users name: the tree itself, its parent, or the root that
     * {@code make modules_install} wrote to.
     *
     * @throws UntornException as the caller's mistake if the folder has no modules, or those of another release
     */
    static ModuleTree find(Path given, String release) {
        List<Path> trees = new ArrayList<>();
        for (Path parent : List.of(given, given.resolve("lib/modules"), given.resolve("usr/lib/modules"))) {
            trees.addAll(subfolders(parent).stream()
                    .filter(ModuleTree::looksLikeTree)
                    .toList());
        }
        Path folder = looksLikeTree(given)
                ? given
                : trees.stream()
                        .filter(tree -> tree.endsWith(release))
                        .findFirst()
                        .orElseThrow(() -> UntornException.caller(
                                trees.isEmpty()
                                        ? "There are no kernel modules in " + given + ": name the folder that holds"
                                                + " modules.dep, or the folder that"
                                                + " `make modules_install INSTALL_MOD_PATH=DIR` wrote to."
                                        : otherRelease(
                                                given,
                                                trees.stream()
                                                        .map(tree -> String.valueOf(tree.getFileName()))
                                                        .distinct()
                                                        .collect(Collectors.joining(", ")),
                                                release)));
        ModuleTree tree = open(folder);
        if (!tree.release().equals(release)) {
            throw UntornException.caller(otherRelease(folder, tree.release(), release));
        }
        return tree;
    }

    /** Return the folder that holds {@code modules.dep}. */
    public Path folder() {
        return folder;
    }

    /** Tell whether a module is part of the kernel's image. */
    public boolean isBuiltIn(String name) {
        return builtIn.contains(KernelModule.canonical(name));
    }

    /** Return the release these modules were built for: the vermagic of one of them, else the folder's name. */
    public String release() {
        return modules.values().stream()
                .findFirst()
                .map(entry -> vermagic(entry.module()))
                .orElseGet(
                        () -> String.valueOf(folder.toAbsolutePath().normalize().getFileName()));
    }

    /**
     * Return the modules and their dependencies in load order, each once, without those that are built in.
     *
     * @param kconfig by module name, the option that would build it ({@code CONFIG_XFS_FS}), for the message
     * @throws UntornException as the caller's mistake if the kernel has no such module
     */
    public List<KernelModule> closure(Collection<String> names, Map<String, String> kconfig) {
        List<KernelModule> loadOrder = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!modules.containsKey(KernelModule.canonical(name)) && !builtIn.contains(KernelModule.canonical(name))) {
                String option = kconfig.getOrDefault(name, "");
                throw UntornException.caller("The kernel has no module '" + name + "' in " + folder
                        + (option.isEmpty() ? "" : " (it needs " + option + "=m or =y)") + ": take another kernel"
                        + " or target, or build the kernel with it.");
            }
            collect(KernelModule.canonical(name), seen, loadOrder);
        }
        return List.copyOf(loadOrder);
    }

    private void collect(String name, Set<String> seen, List<KernelModule> loadOrder) {
        Entry entry = modules.get(name);
        if (entry == null || !seen.add(name)) {
            return;
        }
        // modules.dep lists the nearest dependency first, and dependencies of dependencies after it
        for (int i = entry.needs().size() - 1; i >= 0; i--) {
            collect(entry.needs().get(i), seen, loadOrder);
        }
        loadOrder.add(entry.module());
    }

    private static String vermagic(KernelModule module) {
        String content = new String(module.content(), StandardCharsets.ISO_8859_1);
        int start = content.indexOf(VERMAGIC);
        int end = content.indexOf(' ', start);
        if (start < 0 || end < 0) {
            throw UntornException.caller(
                    module.file() + " is not a kernel module: it does not say for which kernel it was built.");
        }
        return content.substring(start + VERMAGIC.length(), end);
    }

    private static boolean looksLikeTree(Path folder) {
        return Stream.of("modules.dep", "modules.order", "kernel").anyMatch(name -> Files.exists(folder.resolve(name)));
    }

    private static String otherRelease(Path folder, String found, String wanted) {
        return "The modules in " + folder + " are for " + found + ", the kernel is " + wanted
                + ": name the folder with the modules of the same build.";
    }

    private static String depmodFor(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        Matcher place = INSTALLED.matcher(absolute.toString());
        return place.matches()
                ? "`depmod -b " + (place.group(1).isEmpty() ? "/" : place.group(1)) + " " + place.group(2) + "`."
                : "`make modules_install INSTALL_MOD_PATH=DIR` in the kernel's build and `depmod -b DIR RELEASE`,"
                        + " and name DIR.";
    }

    private static List<Path> subfolders(Path parent) {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw UntornException.caller("Cannot look for kernel modules in " + parent + ": " + e);
        }
    }

    private static List<String> readLines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw UntornException.caller("Cannot read " + file + ": " + e);
        }
    }
}
