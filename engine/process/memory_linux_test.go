package process

import (
	"errors"
	"math"
	"testing"
)

const meminfo = "MemTotal: 16000000 kB\nMemFree: 1000000 kB\nMemAvailable: 8000000 kB\n"

func TestAvailableMemory(t *testing.T) {
	for _, test := range []struct {
		name  string
		files map[string]string
		want  int64
	}{
		{"nothing is known", nil, math.MaxInt64},
		{"no groups", map[string]string{"/proc/meminfo": meminfo}, 8000000 << 10},
		{"version 2, the group above is the tighter one", map[string]string{
			"/proc/meminfo":                       meminfo,
			"/proc/self/cgroup":                   "0::/a/b\n",
			"/sys/fs/cgroup/a/b/memory.max":       "max\n",
			"/sys/fs/cgroup/a/b/memory.current":   "5\n",
			"/sys/fs/cgroup/a/memory.max":         "1000000000\n",
			"/sys/fs/cgroup/a/memory.current":     "700000000\n",
			"/sys/fs/cgroup/a/memory.stat":        "anon 1\ninactive_file 100000000\n",
			"/sys/fs/cgroup/a/b/memory.stat":      "inactive_file 1\n",
			"/sys/fs/cgroup/a/b/memory.something": "",
		}, 400000000},
		{"version 1, in a container", map[string]string{
			"/proc/meminfo":     meminfo,
			"/proc/self/cgroup": "5:cpu:/x\n4:memory:/docker/123\n",
			"/sys/fs/cgroup/memory/memory.limit_in_bytes": "536870912\n",
			"/sys/fs/cgroup/memory/memory.usage_in_bytes": "36870912\n",
		}, 500000000},
		{"version 1, without limit", map[string]string{
			"/proc/meminfo":     meminfo,
			"/proc/self/cgroup": "4:memory,other:/\n",
			"/sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
			"/sys/fs/cgroup/memory/memory.usage_in_bytes": "36870912\n",
		}, 8000000 << 10},
		{"more is used than the limit", map[string]string{
			"/proc/self/cgroup":             "0::/\n",
			"/sys/fs/cgroup/memory.max":     "100\n",
			"/sys/fs/cgroup/memory.current": "200\n",
		}, 0},
	} {
		got := availableUnder(func(name string) ([]byte, error) {
			if text, ok := test.files[name]; ok {
				return []byte(text), nil
			}
			return nil, errors.New("no such file")
		})
		if got != test.want {
			t.Errorf("%s: %d bytes, want %d", test.name, got, test.want)
		}
	}
	if n := AvailableMemory(); n <= 0 {
		t.Errorf("of this computer's memory %d bytes are free", n)
	}
}

func TestFreeDisk(t *testing.T) {
	if n, known := FreeDisk(t.TempDir()); !known || n <= 0 {
		t.Errorf("%d bytes are free on the disk, known %t", n, known)
	}
	if _, known := FreeDisk("/no/such/folder"); known {
		t.Error("something is known of a folder that is not there")
	}
}
