package memory

import (
	"fmt"
	"path/filepath"

	"ganvas/engine/process"
)

// CheckDisk refuses an output for which the disk has no room; instead says what would help. Whoever
// writes the output names it.
func CheckDisk(path string, needs float64, instead string) error {
	free, known := process.FreeDisk(filepath.Dir(filepath.Clean(path)))
	if !known {
		return nil
	}
	return roomFor(needs, free, instead)
}

func roomFor(needs float64, free int64, instead string) error {
	if needs <= float64(free) {
		return nil
	}
	return fmt.Errorf("it takes about %s; %s are free on the disk: %s", Text(needs), Text(free), instead)
}
