# leave_free WHAT: allocate all free space of the file system but so many bytes, or but what is "reserved" for root, or but
# a "checkerboard" of 64 pieces of 16 KiB, no two of which are neighbours; "all" frees it again.
leave_free() {
    [ -f "$file" ] || return 0 # a device has none
    sync -f "$file"
    give_back "$file.filler"
    give_back "$file.little"
    give_back "$file.pieced"
    case $1 in
    all) ;;
    reserved) take "$file.filler" $(($(stat -f -c '%a * %S' "$file"))) ;;
    checkerboard)
        # what the file system keeps for itself is a number of blocks, and not certain ones: as many are taken
        kept=$(($(stat -f -c '%b * %S' "$file") / 100 * 8))
        end=$((2 * (64 + kept / 16384) * 16384))
        take "$file.pieced" "$end"
        leave_a_little 65536
        truncate -s "$end" "$file.pieced"
        at=0
        while [ "$at" -lt "$end" ]; do
            fallocate -p -o "$at" -l 16384 "$file.pieced"
            at=$((at + 32768))
        done
        sync -f "$file"
        take "$file.little" $((kept + 65536)) 131072
        ;;
    0) take "$file.filler" "$all_of_it" ;;
    *) leave_a_little "$1" ;;
    esac
}

all_of_it=1125899906842624

leave_a_little() {
    take "$file.little" "$1"
    take "$file.filler" "$all_of_it"
    give_back "$file.little"
}

# take FILE BYTES [PIECE]: allocate so many bytes, or what there is, in smaller pieces once none of a size is left.
take() {
    : >"$1"
    at=0 piece=${3:-1073741824}
    while [ "$piece" -ge 512 ] && [ "$at" -lt "$2" ]; do
        [ "$piece" -le $(($2 - at)) ] || piece=$(($2 - at))
        if fallocate -n -o "$at" -l "$piece" "$1" 2>/dev/null; then
            at=$((at + piece))
        else
            piece=$((piece / 4))
        fi
    done
}

# give_back FILE: remove a file so that its blocks are free at once.
give_back() {
    [ -e "$1" ] || return 0
    : >"$1"
    rm "$1"
    sync -f "$file"
}
