package process

import (
	"math"
	"os"
	"path"
	"strconv"
	"strings"
	"syscall"
)

// availableMemory reads what /proc/meminfo says, and the limits of the control groups that the
// process is in and of its address space (ulimit -v).
func availableMemory() int64 {
	free := availableUnder(os.ReadFile)
	var l syscall.Rlimit
	if syscall.Getrlimit(syscall.RLIMIT_AS, &l) == nil && l.Cur < 1<<62 {
		free = min(free, max(0, int64(l.Cur)-addressSpace()))
	}
	return free
}

// availableUnder is availableMemory with files that read gives.
func availableUnder(read func(string) ([]byte, error)) int64 {
	free := int64(math.MaxInt64)
	if kib, ok := field(read, "/proc/meminfo", "MemAvailable:"); ok {
		free = kib << 10
	}
	groups, err := read("/proc/self/cgroup")
	if err != nil {
		return free
	}
	for line := range strings.Lines(string(groups)) {
		parts := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(parts) < 3 {
			continue
		}
		switch {
		case parts[0] == "0" && parts[1] == "":
			free = min(free, groupLeaves(read, "/sys/fs/cgroup", parts[2], version2))
		case strings.Contains(","+parts[1]+",", ",memory,"):
			free = min(free, groupLeaves(read, "/sys/fs/cgroup/memory", parts[2], version1))
		}
	}
	return free
}

// groupFiles are what a version of control groups calls its files.
type groupFiles struct {
	limit, use string
	pages      [2]string // of files, in memory.stat
}

var (
	version1 = groupFiles{"memory.limit_in_bytes", "memory.usage_in_bytes", [2]string{"total_inactive_file", "total_active_file"}}
	version2 = groupFiles{"memory.max", "memory.current", [2]string{"inactive_file", "active_file"}}
)

// groupLeaves returns the least that a group and those around it leave of their limits. Pages of
// files do not count as used: the system takes them back where others need memory, those of mapped
// data too. In a container the group's path may be that of outside: then the root holds its files.
func groupLeaves(read func(string) ([]byte, error), root, group string, f groupFiles) int64 {
	left := int64(math.MaxInt64)
	for dir := path.Clean("/" + group); ; dir = path.Dir(dir) {
		at := func(name string) string { return path.Join(root, dir, name) }
		limit, ok := number(read, at(f.limit))
		use, known := number(read, at(f.use))
		if ok && known && limit < 1<<62 {
			for _, name := range f.pages {
				files, _ := field(read, at("memory.stat"), name)
				use -= files
			}
			left = min(left, max(0, limit-max(0, use)))
		}
		if dir == "/" {
			return left
		}
	}
}

// number reads a file that is a number.
func number(read func(string) ([]byte, error), name string) (int64, bool) {
	text, err := read(name)
	if err != nil {
		return 0, false
	}
	n, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64)
	return n, err == nil
}

// field reads the number behind a word of a file.
func field(read func(string) ([]byte, error), name, word string) (int64, bool) {
	text, err := read(name)
	if err != nil {
		return 0, false
	}
	for line := range strings.Lines(string(text)) {
		if words := strings.Fields(line); len(words) >= 2 && words[0] == word {
			n, err := strconv.ParseInt(words[1], 10, 64)
			return n, err == nil
		}
	}
	return 0, false
}
