# leave_free BYTES: allocate all free space of the file system but so many bytes; "all" frees it again.
leave_free() {
    [ -f "$file" ] || return 0 # a device has none
    sync -f "$file"
    give_back "$file.filler"
    give_back "$file.little"
    [ "$1" != all ] || return 0
    : >"$file.little"
    : >"$file.filler"
    [ "$1" -eq 0 ] || fallocate -n -l "$1" "$file.little"
    at=0 piece=1073741824
    while [ "$piece" -ge 512 ]; do
        if fallocate -n -o "$at" -l "$piece" "$file.filler" 2>/dev/null; then
            at=$((at + piece))
        else
            piece=$((piece / 4))
        fi
    done
    give_back "$file.little"
}

# give_back FILE: remove a file so that its blocks are free at once.
give_back() {
    [ -e "$1" ] || return 0
    : >"$1"
    rm "$1"
    sync -f "$file"
}
