//go:build !unix && !windows

package process

import "time"

func peak() int64 { return 0 }

func cpuTime() time.Duration { return 0 }
