package motion

import (
	"os/exec"
	"strings"
)

// reduced asks whether "Reduce motion" is on.
func reduced() bool {
	out, err := exec.Command("defaults", "read", "com.apple.universalaccess", "reduceMotion").Output()
	return err == nil && strings.TrimSpace(string(out)) == "1"
}
